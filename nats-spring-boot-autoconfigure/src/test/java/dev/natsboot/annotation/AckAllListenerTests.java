package dev.natsboot.annotation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import dev.natsboot.core.EndpointState;
import dev.natsboot.listener.BatchAcknowledgment;
import dev.natsboot.listener.BatchListenerFailedException;
import dev.natsboot.listener.ListenerContainer;
import dev.natsboot.listener.NatsListenerEndpointRegistry;
import dev.natsboot.testsupport.InTime;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.StreamConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.Assert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class AckAllListenerTests {

	@RegisterExtension
	private static final ListenerRig rig = new ListenerRig().with("ORDERS", "orders.>").with("DEAD", "dead.>");

	@Test
	void oneAcknowledgementSettlesABatch() throws Exception {
		Queue<String> acknowledgements = new ConcurrentLinkedQueue<>();
		rig.client()
			.createDispatcher((message) -> acknowledgements.add(new String(message.getData())))
			.subscribe("$JS.ACK.ORDERS.batches.>");
		rig.client().flush(Duration.ofSeconds(5));
		publish(0, 200);
		rig.runner(Batches.class).run((context) -> {
			Batches listener = context.getBean(Batches.class);
			await().untilAsserted(() -> assertThat(floor("batches")).isEqualTo(200));
			assertThat(listener.numbers()).containsExactlyElementsOf(numbers(0, 200));
			assertThat(rig.consumer("ORDERS", "batches").getConsumerConfiguration().getAckPolicy())
				.isEqualTo(AckPolicy.All);
			assertThat(acknowledgements).containsOnly("+ACK").hasSizeLessThanOrEqualTo(listener.batches.get());
		});
	}

	@Test
	void whatFollowsAFailedMessageIsNotAcknowledgedBeforeItIsSettled() throws Exception {
		publish(0, 20);
		rig.runner(Failing.class).run((context) -> {
			Failing listener = context.getBean(Failing.class);
			await().untilAsserted(() -> assertThat(listener.calls).hasSize(20));
			await().untilAsserted(() -> assertThat(floor("failing")).isEqualTo(5));
			publish(20, 20);
			await().untilAsserted(() -> assertThat(listener.calls).hasSize(40));
			rig.client().flush(Duration.ofSeconds(5));
			assertThat(floor("failing")).isEqualTo(5);
			listener.healed = true;
			await().untilAsserted(() -> assertThat(floor("failing")).isEqualTo(40));
			assertThat(listener.calls.get(5)).hasValueGreaterThan(1);
			assertThat(listener.calls).allSatisfy((number, calls) -> {
				if (number != 5) {
					assertThat(calls).hasValue(1);
				}
			});
		});
	}

	@Test
	void whatIsGivenBackByHandIsNotAcknowledgedBeforeItIsHandled() {
		publish(0, 20);
		rig.runner(GivingBack.class).run((context) -> {
			GivingBack listener = context.getBean(GivingBack.class);
			await().untilAsserted(() -> assertThat(listener.calls.get(5)).hasValueGreaterThan(2));
			await().untilAsserted(() -> assertThat(listener.calls).hasSize(20));
			assertThat(floor("giving-back")).isEqualTo(5);
			listener.healed = true;
			await().untilAsserted(() -> assertThat(floor("giving-back")).isEqualTo(20));
			assertThat(listener.calls.get(6)).hasValue(1);
		});
	}

	@Test
	void whatIsHeldBackIsKeptAlive() throws Exception {
		publish(0, 10);
		rig.runner(Failing.class).withPropertyValues("nats.listener.ack-wait=2s").run((context) -> {
			Failing listener = context.getBean(Failing.class);
			await().untilAsserted(() -> assertThat(listener.calls).hasSize(10));
			await().atMost(Duration.ofSeconds(30))
				.untilAsserted(() -> assertThat(listener.calls.get(5)).hasValueGreaterThan(40));
			assertThat(rig.consumer("ORDERS", "failing").getRedelivered()).isZero();
			listener.healed = true;
			await().untilAsserted(() -> assertThat(floor("failing")).isEqualTo(10));
			assertThat(listener.calls.get(6)).hasValue(1);
		});
	}

	@Test
	void aDeadLetterInTheMiddleOfABatchSettlesThatMessage() throws Exception {
		publish(0, 20);
		rig.runner(Dying.class).run((context) -> {
			await().untilAsserted(() -> assertThat(rig.messages("DEAD")).isEqualTo(1));
			await().untilAsserted(() -> assertThat(floor("dying")).isEqualTo(20));
			Dying listener = context.getBean(Dying.class);
			assertThat(listener.calls.get(5)).hasValue(3);
			assertThat(listener.calls.get(6)).hasValue(1);
		});
		MessageInfo dead = rig.management().getMessage("DEAD", 1);
		assertThat(dead.getData()).asString().isEqualTo("5");
	}

	@Test
	void whatAKilledProcessHadComesFirstAndIsNotLost() throws Exception {
		publish(0, 10);
		rig.publish("orders.other", "not for this consumer");
		publish(10, 10);
		leaveUnanswered("batches", 12);
		publish(20, 30);
		rig.runner(Batches.class).run((context) -> {
			Batches listener = context.getBean(Batches.class);
			await().untilAsserted(() -> assertThat(listener.numbers()).containsExactlyElementsOf(numbers(0, 50)));
			await().untilAsserted(() -> assertThat(rig.consumer("ORDERS", "batches").getNumAckPending()).isZero());
			assertThat(listener.deliveries()).startsWith(2L, 2L).endsWith(1L, 1L);
		});
	}

	/**
	 * As a process does that is killed: it has got messages, and says nothing more.
	 */
	private static void leaveUnanswered(String consumer, int count) throws Exception {
		create(consumer);
		JetStreamSubscription killed = rig.client()
			.jetStream()
			.subscribe(null, PullSubscribeOptions.bind("ORDERS", consumer));
		List<Message> messages = killed.fetch(count, Duration.ofSeconds(5));
		assertThat(messages).hasSize(count);
		killed.unsubscribe();
	}

	private static void create(String consumer) throws Exception {
		rig.management()
			.addOrUpdateConsumer("ORDERS",
					ConsumerConfiguration.builder()
						.durable(consumer)
						.filterSubject("orders." + consumer)
						.ackPolicy(AckPolicy.All)
						.ackWait(Duration.ofMinutes(5))
						.build());
	}

	@Test
	void whatWasNotSettledAtAStopComesAgainAndNothingElse() throws Exception {
		publish(0, 20);
		rig.runner(Failing.class).run((context) -> {
			Failing listener = context.getBean(Failing.class);
			await().untilAsserted(() -> assertThat(listener.calls).hasSize(20));
			await().untilAsserted(() -> assertThat(floor("failing")).isEqualTo(5));
		});
		publish(20, 5);
		rig.runner(Failing.class).run((context) -> {
			Failing listener = context.getBean(Failing.class);
			listener.healed = true;
			await().untilAsserted(() -> assertThat(floor("failing")).isEqualTo(25));
			assertThat(listener.calls.keySet()).containsExactlyInAnyOrderElementsOf(numbers(5, 25));
		});
	}

	@Test
	void aPauseLeavesWhatIsHeldBackAlone() throws Exception {
		publish(0, 20);
		rig.runner(Failing.class).run((context) -> {
			Failing listener = context.getBean(Failing.class);
			await().untilAsserted(() -> assertThat(listener.calls).hasSize(20));
			ListenerContainer container = container(context);
			container.pause();
			await().untilAsserted(() -> assertThat(status(container)).isEqualTo(EndpointState.Status.PAUSED));
			listener.healed = true;
			container.resume();
			await().untilAsserted(() -> assertThat(floor("failing")).isEqualTo(20));
			assertThat(listener.calls.get(6)).hasValue(1);
			assertThat(listener.calls.get(19)).hasValue(1);
		});
	}

	@Test
	void whatIsRemovedDuringAPauseHoldsNothingBack() throws Exception {
		publish(0, 20);
		rig.runner(Failing.class).run((context) -> {
			Failing listener = context.getBean(Failing.class);
			await().untilAsserted(() -> assertThat(listener.calls).hasSize(20));
			await().untilAsserted(() -> assertThat(floor("failing")).isEqualTo(5));
			ListenerContainer container = container(context);
			container.pause();
			await().untilAsserted(() -> assertThat(status(container)).isEqualTo(EndpointState.Status.PAUSED));
			rig.management().deleteMessage("ORDERS", 6);
			container.resume();
			publish(20, 5);
			await().untilAsserted(() -> assertThat(listener.calls).hasSize(25));
			await().untilAsserted(() -> assertThat(floor("failing")).isEqualTo(25));
		});
	}

	@Test
	void whatIsHeldBackIsKeptAliveAfterAPause() throws Exception {
		publish(0, 6);
		rig.runner(Failing.class).withPropertyValues("nats.listener.ack-wait=2s").run((context) -> {
			Failing listener = context.getBean(Failing.class);
			awaitCallsOfFailed(listener, 40);
			publish(6, 4);
			await().untilAsserted(() -> assertThat(listener.calls).hasSize(10));
			ListenerContainer container = container(context);
			container.pause();
			await().untilAsserted(() -> assertThat(status(container)).isEqualTo(EndpointState.Status.PAUSED));
			container.resume();
			awaitCallsOfFailed(listener, 70);
			assertThat(rig.consumer("ORDERS", "failing").getRedelivered()).isOne();
			listener.healed = true;
			await().untilAsserted(() -> assertThat(floor("failing")).isEqualTo(10));
			assertThat(listener.calls.get(6)).hasValue(1);
		});
	}

	private static void awaitCallsOfFailed(Failing listener, int count) {
		await().atMost(Duration.ofSeconds(30)).until(() -> {
			AtomicInteger calls = listener.calls.get(5);
			return calls != null && calls.get() > count;
		});
	}

	/**
	 * The process before has acknowledged the newest delivery, which was of the oldest
	 * message.
	 */
	@Test
	void whatAKilledProcessHadComesFirstAlsoWhenItsLastDeliveryWasAcknowledged() throws Exception {
		publish(0, 3);
		create("batches");
		JetStreamSubscription killed = rig.client()
			.jetStream()
			.subscribe(null, PullSubscribeOptions.bind("ORDERS", "batches"));
		killed.fetch(3, Duration.ofSeconds(5)).get(0).nak();
		killed.fetch(1, Duration.ofSeconds(5)).get(0).ackSync(Duration.ofSeconds(5));
		killed.unsubscribe();
		publish(3, 3);
		rig.runner(Batches.class).run((context) -> {
			Batches listener = context.getBean(Batches.class);
			await().untilAsserted(() -> assertThat(listener.numbers()).containsExactlyElementsOf(numbers(1, 6)));
			await().untilAsserted(() -> assertThat(floor("batches")).isEqualTo(6));
		});
	}

	/**
	 * The process before has given back the newer messages first.
	 */
	@Test
	void nothingIsLostThatComesAgainInAnotherOrder() throws Exception {
		publish(0, 16);
		create("batches");
		JetStreamSubscription stopped = rig.client()
			.jetStream()
			.subscribe(null, PullSubscribeOptions.bind("ORDERS", "batches"));
		List<Message> messages = stopped.fetch(16, Duration.ofSeconds(5));
		messages.subList(8, 16).forEach(Message::nak);
		messages.subList(0, 8).forEach(Message::nak);
		stopped.unsubscribe();
		rig.runner(Small.class).run((context) -> {
			Small listener = context.getBean(Small.class);
			await().untilAsserted(() -> assertThat(listener.calls).hasSize(16));
			await().untilAsserted(() -> assertThat(floor("batches")).isEqualTo(16));
		});
	}

	@Test
	void whatWasHeldBackIsAcknowledgedAfterAPause() throws Exception {
		publish(0, 20);
		rig.runner(Single.class).run((context) -> {
			Single listener = context.getBean(Single.class);
			await().untilAsserted(() -> assertThat(listener.calls).hasSize(20));
			ListenerContainer container = container(context);
			container.pause();
			await().untilAsserted(() -> assertThat(status(container)).isEqualTo(EndpointState.Status.PAUSED));
			listener.healed = true;
			container.resume();
			await().untilAsserted(() -> assertThat(floor("single")).isEqualTo(20));
			assertThat(listener.calls.get(19)).hasValue(1);
		});
	}

	@Test
	void nothingIsLostToASecondSubscriber() throws Exception {
		rig.runner(Batches.class).run((context) -> {
			Batches listener = context.getBean(Batches.class);
			await().untilAsserted(() -> assertThat(status(container(context))).isEqualTo(EndpointState.Status.RUNNING));
			JetStreamSubscription other = rig.client()
				.jetStream()
				.subscribe(null, PullSubscribeOptions.bind("ORDERS", "batches"));
			other.pull(10);
			rig.client().flush(Duration.ofSeconds(5));
			publish(0, 60);
			assertThat(other.nextMessage(Duration.ofSeconds(5))).isNotNull();
			other.unsubscribe();
			await().untilAsserted(() -> assertThat(listener.numbers()).containsAll(numbers(0, 60)));
			await().untilAsserted(() -> assertThat(floor("batches")).isEqualTo(60));
		});
	}

	/**
	 * Server 2.9 can go on to count messages as pending that are below its floor.
	 */
	@Test
	void nothingIsLostWhenTheServerIsKilled() throws Exception {
		try (ListenerRig killed = new ListenerRig()) {
			killed.stream("ORDERS", "orders.>");
			IntStream.range(0, 300).forEach((i) -> killed.publish("orders.batches", Integer.toString(i)));
			killed.runner(Batches.class).run((context) -> {
				Batches listener = context.getBean(Batches.class);
				listener.gate = new CountDownLatch(1);
				await().until(() -> listener.batches.get() > 0);
				killed.server().kill();
				killed.server().start();
				listener.gate.countDown();
				killed.connect();
				IntStream.range(300, 400).forEach((i) -> killed.publish("orders.batches", Integer.toString(i)));
				await().atMost(Duration.ofSeconds(20))
					.untilAsserted(() -> assertThat(listener.numbers()).containsAll(numbers(0, 400)));
				await().untilAsserted(
						() -> assertThat(killed.consumer("ORDERS", "batches").getAckFloor().getStreamSequence())
							.isEqualTo(400));
			});
		}
	}

	@Test
	void aConsumerThatAcknowledgesAllIsRefusedToAListenerThatDoesNotKnow() throws Exception {
		create("unaware");
		rig.runner(Unaware.class).run((context) -> await().untilAsserted(() -> {
			EndpointState state = container(context).getState();
			assertThat(state.status()).isNotEqualTo(EndpointState.Status.RUNNING);
			assertThat(String.valueOf(state.lastError())).contains("'unaware'", "ack policy 'all'",
					"ackMode = \"all\"");
		}));
	}

	@Test
	void aConsumerThatAcknowledgesEachMessageIsRefused() throws Exception {
		rig.management()
			.addOrUpdateConsumer("ORDERS",
					ConsumerConfiguration.builder().durable("batches").ackPolicy(AckPolicy.Explicit).build());
		rig.runner(Batches.class).run((context) -> await().untilAsserted(() -> {
			EndpointState state = container(context).getState();
			assertThat(String.valueOf(state.lastError())).contains("'batches'", "ack policy 'explicit'",
					"ackMode = \"auto\"");
		}));
	}

	/**
	 * When the server removes a message of which nobody has said what became of it, it
	 * acknowledges that and all before it.
	 */
	@Test
	void aStreamWhoseMessagesReplaceOthersIsRefused() throws Exception {
		refuses((stream) -> stream.maxMessagesPerSubject(5), "max-messages-per-subject '5'");
	}

	@Test
	void aStreamWhoseMessagesHaveALifetimeOfTheirOwnIsRefused() throws Exception {
		assumeTrue(rig.client().getServerInfo().isSameOrNewerThanVersion("2.11.0"), "a server that knows it");
		refuses((stream) -> stream.allowMessageTtl(true), "allow-message-ttl 'true'");
	}

	private static void refuses(Consumer<StreamConfiguration.Builder> change, String text) throws Exception {
		StreamConfiguration.Builder stream = StreamConfiguration
			.builder(rig.management().getStreamInfo("ORDERS").getConfiguration());
		change.accept(stream);
		rig.management().updateStream(stream.build());
		rig.runner(Batches.class).run((context) -> await().untilAsserted(() -> {
			EndpointState state = container(context).getState();
			assertThat(state.status()).isNotEqualTo(EndpointState.Status.RUNNING);
			assertThat(String.valueOf(state.lastError())).contains("'ORDERS'", text, "ackMode = \"auto\"");
		}));
	}

	private static ListenerContainer container(ApplicationContext context) {
		return context.getBean(NatsListenerEndpointRegistry.class).getListenerContainers().iterator().next();
	}

	private static EndpointState.Status status(ListenerContainer container) {
		return container.getState().status();
	}

	private static long floor(String consumer) {
		return rig.consumer("ORDERS", consumer).getAckFloor().getStreamSequence();
	}

	private static void publish(int from, int count) {
		IntStream.range(from, from + count).forEach((i) -> rig.publish("orders.batches", Integer.toString(i)));
	}

	private static List<Integer> numbers(int from, int to) {
		return IntStream.range(from, to).boxed().toList();
	}

	@Configuration(proxyBeanMethods = false)
	static class Batches {

		final AtomicInteger batches = new AtomicInteger();

		private final Queue<Message> messages = new ConcurrentLinkedQueue<>();

		volatile CountDownLatch gate = new CountDownLatch(0);

		@NatsListener(subjects = "orders.batches", stream = "ORDERS", consumer = "batches", ackMode = "all",
				batchSize = "50", batchLinger = "20ms")
		void handle(List<Message> batch) throws InterruptedException {
			this.batches.incrementAndGet();
			InTime.await(this.gate);
			this.messages.addAll(batch);
		}

		List<Integer> numbers() {
			return this.messages.stream().map((message) -> Integer.valueOf(new String(message.getData()))).toList();
		}

		List<Long> deliveries() {
			return this.messages.stream().map((message) -> message.metaData().deliveredCount()).toList();
		}

	}

	abstract static class Counting {

		final Map<Integer, AtomicInteger> calls = new ConcurrentHashMap<>();

		void count(int number) {
			this.calls.computeIfAbsent(number, (key) -> new AtomicInteger()).incrementAndGet();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Failing extends Counting {

		volatile boolean healed;

		@NatsListener(subjects = "orders.batches", stream = "ORDERS", consumer = "failing", ackMode = "all",
				batchSize = "8", maxDeliver = "-1", backoff = "100ms")
		void handle(List<Integer> numbers, BatchAcknowledgment acknowledgment) {
			for (int i = 0; i < numbers.size(); i++) {
				count(numbers.get(i));
				if (numbers.get(i) == 5 && !this.healed) {
					acknowledgment.fail(i, new IllegalStateException("expected"));
				}
			}
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Small extends Counting {

		@NatsListener(subjects = "orders.batches", stream = "ORDERS", consumer = "batches", ackMode = "all",
				batchSize = "4")
		void handle(List<Integer> numbers) {
			numbers.forEach(this::count);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Single extends Counting {

		volatile boolean healed;

		@NatsListener(subjects = "orders.batches", stream = "ORDERS", consumer = "single", ackMode = "all",
				batchSize = "1", maxDeliver = "-1", backoff = "100ms")
		void handle(List<Integer> numbers) {
			numbers.forEach(this::count);
			int number = numbers.get(0);
			Assert.state(this.healed || number == 0 || number >= 10, "expected");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class GivingBack extends Counting {

		volatile boolean healed;

		@NatsListener(subjects = "orders.batches", stream = "ORDERS", consumer = "giving-back", ackMode = "all",
				batchSize = "8", maxDeliver = "-1")
		void handle(List<Integer> numbers, BatchAcknowledgment acknowledgment) {
			numbers.forEach(this::count);
			int place = numbers.indexOf(5);
			if (place >= 0 && !this.healed) {
				acknowledgment.nak(place, Duration.ofMillis(50));
			}
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Dying extends Counting {

		@NatsListener(subjects = "orders.batches", stream = "ORDERS", consumer = "dying", ackMode = "all",
				batchSize = "8", maxDeliver = "3", backoff = "50ms", deadLetterSubject = "dead.batch")
		void handle(List<Integer> numbers) {
			numbers.forEach(this::count);
			int place = numbers.indexOf(5);
			if (place >= 0) {
				throw new BatchListenerFailedException("expected", place, new IllegalStateException("expected"));
			}
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Unaware {

		@NatsListener(subjects = "orders.unaware", stream = "ORDERS", consumer = "unaware")
		void handle(String order) {
		}

	}

}
