package dev.natsboot.annotation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

import dev.natsboot.convert.NatsMessageHeaders;
import dev.natsboot.core.EndpointState.Status;
import dev.natsboot.core.NatsExecutor;
import dev.natsboot.listener.BatchListenerFailedException;
import dev.natsboot.listener.DeadLetterHeaders;
import dev.natsboot.listener.ListenerContainer;
import dev.natsboot.listener.ListenerErrorHandler;
import dev.natsboot.listener.NatsListenerEndpointRegistry;
import dev.natsboot.testsupport.InTime;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.MessageInfo;
import io.nats.client.impl.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.SendTo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What goes wrong around a listener, and must not lose messages, threads or credit.
 */
@ExtendWith(OutputCaptureExtension.class)
class JetStreamListenerFaultTests {

	@RegisterExtension
	private static final ListenerRig rig = new ListenerRig().with("ORDERS", "orders.>").with("DEAD", "dead.>");

	@Test
	void anIdBeyondAsciiDoesNotKeepAMessageFromTheDeadLetters() throws Exception {
		rig.publish("orders.rejected", "poison");
		rig.runner(Rejecting.class)
			.run((context) -> await().untilAsserted(() -> assertThat(rig.messages("DEAD")).isEqualTo(1)));
		assertThat(rig.management().getMessage("DEAD", 1).getHeaders().getFirst(DeadLetterHeaders.LISTENER))
			.isEqualTo("zur?ck");
	}

	@Test
	void aResultIsStoredForAMessageOfAStreamThatWasMadeAnew() {
		rig.publish("orders.answered", "1");
		rig.runner(Answering.class).run((context) -> {
			await().untilAsserted(() -> assertThat(rig.messages("DEAD")).isEqualTo(1));
			rig.stream("ORDERS", "orders.>");
			rig.publish("orders.answered", "2");
			await().untilAsserted(() -> assertThat(rig.messages("DEAD")).isEqualTo(2));
		});
	}

	@Test
	void aMessageWithoutRoomForMoreHeadersReachesTheDeadLetters() throws Exception {
		int most = (int) rig.client().getMaxPayload();
		byte[] full = new byte[most];
		byte[] nearly = new byte[most - 1000];
		rig.client().jetStream().publish("orders.rejected", full);
		rig.client().jetStream().publish("orders.rejected", new Headers().add("Customer", "7".repeat(800)), nearly);
		rig.runner(Rejecting.class)
			.run((context) -> await().untilAsserted(() -> assertThat(rig.messages("DEAD")).isEqualTo(2)));
		assertThat(rig.management().getMessage("DEAD", 1).getData()).hasSize(full.length);
		MessageInfo dead = rig.management().getMessage("DEAD", 2);
		assertThat(dead.getData()).hasSize(nearly.length);
		assertThat(dead.getHeaders().getFirst(DeadLetterHeaders.SUBJECT)).isEqualTo("orders.rejected");
		assertThat(dead.getHeaders().containsKey("Customer")).isFalse();
	}

	@Test
	void aDeadLetterThatItsOwnListenerReceivesIsNotDeadLetteredAgain() throws Exception {
		rig.publish("orders.circle", "poison");
		rig.runner(Circular.class).run((context) -> {
			Circular listener = context.getBean(Circular.class);
			await().untilAsserted(() -> assertThat(listener.subjects).filteredOn("orders.dlq.orders.circle"::equals)
				.hasSizeGreaterThan(3));
			assertThat(rig.messages("ORDERS")).isEqualTo(2);
		});
	}

	@Test
	void aStreamThatCapturesTheRealDeadLetterSubjectsIsFound() throws Exception {
		rig.deleteStream("DEAD");
		rig.stream("DEAD", "dead.orders.rejected.placed");
		rig.publish("orders.placed", "poison");
		rig.runner(Placing.class)
			.run((context) -> await().untilAsserted(() -> assertThat(rig.messages("DEAD")).isEqualTo(1)));
	}

	@ParameterizedTest
	@CsvSource({ "'', dead.orders.>", "orders.*, 'dead.orders.rejected,dead.orders.placed'",
			"orders.>, dead.*.placed" })
	void aStreamThatCapturesDeadLettersOfSomeSubjectsIsFound(String subjects, String captured) throws Exception {
		rig.deleteStream("DEAD");
		rig.stream("DEAD", captured.split(","));
		rig.publish("orders.placed", "poison");
		rig.runner(BySubject.class)
			.withPropertyValues("test.subjects=" + subjects, "test.dead=dead.{subject}")
			.run((context) -> await().untilAsserted(() -> assertThat(rig.messages("DEAD")).isEqualTo(1)));
	}

	@ParameterizedTest
	@CsvSource({ "'', dead.{subject}, dead.>", "orders.*, dead.{subject}, dead.orders.*",
			"'orders.a,orders.>', dead.{subject}.x, 'dead.orders.a.x,dead.orders.>'",
			"orders.*, dead.{stream}.{consumer}.{listener}, dead.ORDERS.by-subject.subjects",
			"orders.*, dead-{subject}.x{sequence}, dead-orders.*.*" })
	void theSubjectsOfAMissingDeadLetterStreamAreNamed(String subjects, String template, String wanted)
			throws Exception {
		rig.deleteStream("DEAD");
		rig.runner(BySubject.class)
			.withPropertyValues("test.subjects=" + subjects, "test.dead=" + template)
			.run((context) -> assertThat(context.getBean(NatsListenerEndpointRegistry.class)
				.getListenerContainer("subjects")
				.getState()
				.lastError())
				.isEqualTo("No stream captures the dead-letter subject '" + template
						+ "' of listener 'subjects': declare one, for example "
						+ "nats.jetstream.streams.DEAD_LETTERS.subjects=" + wanted));
	}

	@Test
	void aMissingDeadLetterStreamIsFoundAtTheStartAndNothingIsHandledBeforeItIsThere() throws Exception {
		rig.deleteStream("DEAD");
		rig.publish("orders.rejected", "poison");
		rig.runner(Rejecting.class).run((context) -> {
			ListenerContainer container = context.getBean(NatsListenerEndpointRegistry.class)
				.getListenerContainer("zurück");
			assertThat(container.getState().status()).isEqualTo(Status.RECOVERING);
			assertThat(container.getState().lastError())
				.contains("No stream captures the dead-letter subject 'dead.rejected'")
				.contains("nats.jetstream.streams.DEAD_LETTERS.subjects=dead.rejected");
			assertThat(rig.management().getConsumerNames("ORDERS")).isEmpty();
			rig.stream("DEAD", "dead.>");
			await().untilAsserted(() -> assertThat(rig.messages("DEAD")).isEqualTo(1));
			await().untilAsserted(() -> assertThat(container.getState().status()).isEqualTo(Status.RUNNING));
		});
	}

	@Test
	void theLastDeliveryOfTheServerIsDeadLetteredAlsoWhenOneWasGivenBack() throws Exception {
		rig.management()
			.createConsumer("ORDERS",
					ConsumerConfiguration.builder()
						.durable("bound")
						.filterSubject("orders.bound")
						.ackPolicy(AckPolicy.Explicit)
						.maxDeliver(3)
						.build());
		rig.runner(Bound.class).run((context) -> {
			Bound listener = context.getBean(Bound.class);
			ListenerContainer container = context.getBean(NatsListenerEndpointRegistry.class)
				.getListenerContainer("bound");
			rig.publish("orders.bound", "quick");
			await().untilAsserted(() -> assertThat(rig.consumer("ORDERS", "bound").getNumWaiting()).isPositive());
			publish("orders.bound", 2);
			await().untilAsserted(
					() -> assertThat(rig.consumer("ORDERS", "bound").getDelivered().getStreamSequence()).isEqualTo(3));
			CompletableFuture<Void> paused = CompletableFuture.runAsync(container::pause);
			await().until(container::isPaused);
			listener.release.countDown();
			assertThat(paused).succeedsWithin(Duration.ofSeconds(30));
			container.resume();
			await().untilAsserted(() -> assertThat(rig.messages("DEAD")).isEqualTo(2));
		});
	}

	@Test
	void anErrorOfTheErrorHandlerNeitherLosesTheMessageNorItsCredit() {
		publish("orders.error", 3);
		rig.runner(Erroneous.class, ErroneousConfiguration.class).run((context) -> {
			Erroneous listener = context.getBean(Erroneous.class);
			await().untilAsserted(() -> assertThat(listener.done).containsExactlyInAnyOrder("0", "1", "2"));
			await().untilAsserted(() -> assertThat(rig.consumer("ORDERS", "error").getNumAckPending()).isZero());
		});
	}

	@Test
	void aConsumerThatAllowsShortRequestsOnlyIsServed() throws Exception {
		rig.management()
			.createConsumer("ORDERS",
					ConsumerConfiguration.builder()
						.durable("history")
						.filterSubject("orders.history")
						.ackPolicy(AckPolicy.Explicit)
						.maxExpires(Duration.ofSeconds(2))
						.build());
		rig.runner(JetStreamListenerTests.History.class).run((context) -> {
			publish("orders.history", 3);
			await().untilAsserted(() -> assertThat(context.getBean(JetStreamListenerTests.History.class).seen)
				.containsExactly(0, 1, 2));
		});
	}

	@Test
	void manyFreeWorkersDoNotBecomeManyRequests() {
		publish("orders.many", 600);
		rig.runner(Many.class).run((context) -> {
			Many listener = context.getBean(Many.class);
			await().untilAsserted(() -> assertThat(listener.begun).hasValue(600));
			for (int i = 1; i <= 600; i++) {
				listener.release.release();
				long left = 600 - i;
				await().pollDelay(Duration.ZERO)
					.pollInterval(Duration.ofMillis(1))
					.untilAsserted(() -> assertThat(rig.consumer("ORDERS", "many").getNumAckPending()).isEqualTo(left));
			}
			assertThat(rig.consumer("ORDERS", "many").getNumWaiting()).isLessThan(100);
			assertThat(context.getBean(NatsListenerEndpointRegistry.class)
				.getListenerContainer("many")
				.getState()
				.status()).isEqualTo(Status.RUNNING);
		});
	}

	@Test
	void aStopFromABatchHandlerDoesNotWaitForItsOwnBatch() {
		publish("orders.stopping", 5);
		rig.runner(StoppingBatch.class).run((context) -> {
			StoppingBatch listener = context.getBean(StoppingBatch.class);
			await().atMost(Duration.ofSeconds(9)).untilAsserted(() -> assertThat(listener.stopped).isNotNull());
			assertThat(listener.size).isGreaterThan(1);
			assertThat(listener.stopped).isLessThan(Duration.ofSeconds(3));
		});
	}

	@Test
	void aListenerWithoutADurableConsumerGoesOnWhereItWasPaused() {
		publish("orders.tail", 3);
		rig.runner(Tail.class).run((context) -> {
			Tail listener = context.getBean(Tail.class);
			ListenerContainer container = context.getBean(NatsListenerEndpointRegistry.class)
				.getListenerContainer("tail");
			await().untilAsserted(() -> assertThat(listener.seen).containsExactly(0, 1, 2));
			container.pause();
			rig.publish("orders.tail", "3");
			container.resume();
			await().untilAsserted(() -> assertThat(listener.seen).contains(3));
			assertThat(listener.seen).containsExactly(0, 1, 2, 3);
			assertThat(rig.management().getConsumerNames("ORDERS")).hasSize(1);
		});
	}

	@Test
	void aBatchFailureThatNamesNoMessageOfTheBatchFailsThemAll() {
		rig.publish("orders.outside", "x");
		rig.runner(Outside.class)
			.run((context) -> await().untilAsserted(() -> assertThat(rig.messages("DEAD")).isEqualTo(1)));
	}

	@Test
	void aStopThatWaitsForNothingGivesBackWhatNoHandlerHasBegun() {
		rig.runner(Waiting.class).withPropertyValues("nats.listener.shutdown-timeout=0s").run((context) -> {
			Waiting listener = context.getBean(Waiting.class);
			rig.publish("orders.waiting", "quick");
			await().untilAsserted(() -> assertThat(rig.consumer("ORDERS", "waiting").getNumWaiting()).isPositive());
			publish("orders.waiting", 5);
			await().untilAsserted(() -> assertThat(rig.consumer("ORDERS", "waiting").getNumAckPending()).isEqualTo(5));
			await().until(() -> listener.begun.size() == 1);
			context.getBean(NatsListenerEndpointRegistry.class).getListenerContainer("waiting").stop();
			listener.release.countDown();
			await().during(Duration.ofMillis(300)).untilAsserted(() -> assertThat(listener.begun).containsExactly("0"));
		});
	}

	@Test
	void aWorkerThatGetsNoThreadIsStartedLater() {
		rig.publish("orders.history", "0");
		rig.runner(JetStreamListenerTests.History.class, RejectingExecutor.class)
			.run((context) -> await().untilAsserted(
					() -> assertThat(context.getBean(JetStreamListenerTests.History.class).seen).containsExactly(0)));
	}

	@Test
	void aResultForWhichThereIsNoThreadIsSettledAllTheSame() {
		rig.runner(Promising.class, BusyExecutor.class).run((context) -> {
			Promising listener = context.getBean(Promising.class);
			BusyExecutor executor = context.getBean(BusyExecutor.class);
			rig.publish("orders.promised", "1");
			await().until(() -> listener.results.size() == 1);
			executor.busy = true;
			listener.results.element().complete(null);
			await().untilAsserted(() -> assertThat(rig.consumer("ORDERS", "promised").getNumAckPending()).isZero());
			executor.busy = false;
		});
	}

	@Test
	void whatFailsWhereDeadLettersAreReadIsNoDeadLetterOfItself() {
		rig.publish("dead.all", "poison");
		rig.runner(Mourning.class).run((context) -> {
			await().until(() -> context.getBean(Mourning.class).calls.get() > 3);
			assertThat(rig.messages("DEAD")).isEqualTo(1);
		});
	}

	@Test
	void aListenerThatIsResumedWithoutAServerIsNotPausedAnyMore() throws Exception {
		try (ListenerRig own = new ListenerRig()) {
			own.server().stop();
			own.runner(JetStreamListenerTests.History.class).run((context) -> {
				ListenerContainer container = context.getBean(NatsListenerEndpointRegistry.class)
					.getListenerContainer("history");
				container.pause();
				assertThat(container.getState().status()).isEqualTo(Status.PAUSED);
				container.resume();
				assertThat(container.getState().status()).isEqualTo(Status.STARTING);
			});
		}
	}

	@Test
	void anIntervalThatIsNoneKeepsTheApplicationFromStarting() {
		rig.runner()
			.withPropertyValues("nats.listener.consumer-info-interval=0s")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("'nats.listener.consumer-info-interval' is 0s, but must be longer than 0, for example 5s"));
		rig.runner()
			.withPropertyValues("nats.listener.shutdown-timeout=-1s")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("'nats.listener.shutdown-timeout' is -1s, but must be 0 or longer, for example 20s"));
	}

	@Test
	void aBatchThatIsLargerThanWhatMayBeUnacknowledgedIsDelivered() {
		publish("orders.large", 20);
		rig.runner(Large.class)
			.run((context) -> await()
				.untilAsserted(() -> assertThat(context.getBean(Large.class).handled).hasValue(20)));
	}

	@Test
	void everyMessageThatIsGivenUpIsLogged(CapturedOutput output) {
		publish("orders.constant", 3);
		rig.runner(Constant.class)
			.run((context) -> await().untilAsserted(() -> assertThat(rig.messages("DEAD")).isEqualTo(3)));
		assertThat(output.getAll().split("Listener 'constant' failed on a message", -1)).hasSize(4);
	}

	@Test
	void anOptionalHeaderThatIsMissingIsEmpty() {
		rig.publish("orders.optional", "x");
		rig.runner(OptionalHeader.class)
			.run((context) -> await().untilAsserted(
					() -> assertThat(context.getBean(OptionalHeader.class).customers).containsExactly("none")));
	}

	private static void publish(String subject, int count) {
		for (int i = 0; i < count; i++) {
			rig.publish(subject, Integer.toString(i));
		}
	}

	static class Rejecting {

		@NatsListener(id = "zurück", subjects = "orders.rejected", stream = "ORDERS", consumer = "rejected",
				maxDeliver = "1", backoff = "50ms", deadLetterSubject = "dead.rejected")
		void handle(byte[] data) {
			throw new IllegalStateException("no");
		}

	}

	static class Answering {

		@NatsListener(subjects = "orders.answered", stream = "ORDERS", consumer = "answering")
		@SendTo("dead.results")
		String handle(String text) {
			return text;
		}

	}

	static class Circular {

		final Queue<String> subjects = new ConcurrentLinkedQueue<>();

		@NatsListener(subjects = "orders.>", stream = "ORDERS", consumer = "circular", maxDeliver = "2",
				backoff = "50ms", deadLetterSubject = "orders.dlq.{subject}")
		void handle(NatsMessageHeaders headers) {
			this.subjects.add(headers.subject());
			throw new IllegalStateException("no");
		}

	}

	static class Mourning {

		final AtomicInteger calls = new AtomicInteger();

		@NatsListener(subjects = "dead.all", stream = "DEAD", consumer = "mourning", maxDeliver = "2", backoff = "50ms",
				deadLetterSubject = "dead.all")
		void handle(String text) {
			this.calls.incrementAndGet();
			throw new IllegalStateException("no");
		}

	}

	static class Promising {

		final Queue<CompletableFuture<Void>> results = new ConcurrentLinkedQueue<>();

		@NatsListener(subjects = "orders.promised", stream = "ORDERS", consumer = "promised")
		CompletableFuture<Void> handle(String text) {
			CompletableFuture<Void> result = new CompletableFuture<>();
			this.results.add(result);
			return result;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class BusyExecutor {

		volatile boolean busy;

		@Bean
		NatsExecutor natsExecutor() {
			return NatsExecutor.of((task) -> {
				if (this.busy) {
					throw new RejectedExecutionException("busy");
				}
				new Thread(task).start();
			});
		}

	}

	static class BySubject {

		@NatsListener(id = "subjects", subjects = "${test.subjects}", stream = "ORDERS", consumer = "by-subject",
				maxDeliver = "1", deadLetterSubject = "${test.dead}")
		void handle(String text) {
			throw new IllegalStateException("no");
		}

	}

	static class Placing {

		@NatsListener(id = "placed", subjects = "orders.placed", stream = "ORDERS", consumer = "rejected",
				maxDeliver = "1", deadLetterSubject = "dead.orders.{consumer}.{listener}")
		void handle(String text) {
			throw new IllegalStateException("no");
		}

	}

	static class Bound {

		final CountDownLatch release = new CountDownLatch(1);

		@NatsListener(id = "bound", subjects = "orders.bound", stream = "ORDERS", consumer = "bound", backoff = "50ms",
				deadLetterSubject = "dead.bound")
		void handle(String text) throws InterruptedException {
			if (text.equals("quick")) {
				return;
			}
			InTime.await(this.release);
			throw new IllegalStateException("no");
		}

	}

	static class Erroneous {

		final Map<String, Integer> calls = new ConcurrentHashMap<>();

		final Queue<String> done = new ConcurrentLinkedQueue<>();

		@NatsListener(subjects = "orders.error", stream = "ORDERS", consumer = "error", backoff = "50ms",
				errorHandler = "erroneous")
		void handle(String text) {
			if (this.calls.merge(text, 1, Integer::sum) < 3) {
				throw new IllegalStateException("no");
			}
			this.done.add(text);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ErroneousConfiguration {

		@Bean
		ListenerErrorHandler erroneous() {
			return (failure) -> {
				if (failure.deliveries() == 1) {
					throw new AssertionError("the error handler is broken");
				}
				return null;
			};
		}

	}

	static class Many {

		final AtomicInteger begun = new AtomicInteger();

		final Semaphore release = new Semaphore(0);

		@NatsListener(id = "many", subjects = "orders.many", stream = "ORDERS", consumer = "many", concurrency = "600")
		void handle(int number) throws InterruptedException {
			this.begun.incrementAndGet();
			InTime.acquire(this.release);
		}

	}

	static class StoppingBatch {

		@Autowired
		NatsListenerEndpointRegistry registry;

		volatile int size;

		volatile Duration stopped;

		@NatsListener(id = "stopping-batch", subjects = "orders.stopping", stream = "ORDERS", consumer = "stopping",
				batchSize = "5", batchLinger = "2s")
		void handle(List<Integer> numbers) {
			this.size = numbers.size();
			long start = System.nanoTime();
			this.registry.getListenerContainer("stopping-batch").stop();
			this.stopped = Duration.ofNanos(System.nanoTime() - start);
		}

	}

	static class Tail {

		final Queue<Integer> seen = new ConcurrentLinkedQueue<>();

		@NatsListener(id = "tail", subjects = "orders.tail", stream = "ORDERS")
		void handle(int number) {
			this.seen.add(number);
		}

	}

	static class Outside {

		@NatsListener(subjects = "orders.outside", stream = "ORDERS", consumer = "outside", maxDeliver = "1",
				deadLetterSubject = "dead.outside")
		void handle(List<String> texts) {
			throw new BatchListenerFailedException("one too far", texts.size(), new IllegalStateException("no"));
		}

	}

	static class Waiting {

		final Queue<String> begun = new ConcurrentLinkedQueue<>();

		final CountDownLatch release = new CountDownLatch(1);

		@NatsListener(id = "waiting", subjects = "orders.waiting", stream = "ORDERS", consumer = "waiting")
		void handle(String text) throws InterruptedException {
			if (!text.equals("quick")) {
				this.begun.add(text);
				InTime.await(this.release);
			}
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class RejectingExecutor {

		@Bean
		NatsExecutor natsExecutor() {
			AtomicInteger rejections = new AtomicInteger(1);
			return NatsExecutor.of((task) -> {
				if (rejections.getAndDecrement() > 0) {
					throw new RejectedExecutionException("busy");
				}
				new Thread(task).start();
			});
		}

	}

	static class Large {

		final AtomicInteger handled = new AtomicInteger();

		@NatsListener(subjects = "orders.large", stream = "ORDERS", consumer = "large", maxAckPending = "10")
		void handle(List<Integer> numbers) {
			this.handled.addAndGet(numbers.size());
		}

	}

	static class Constant {

		private final IllegalStateException constant = new IllegalStateException("no");

		@NatsListener(id = "constant", subjects = "orders.constant", stream = "ORDERS", consumer = "constant",
				maxDeliver = "1", deadLetterSubject = "dead.constant")
		void handle(String text) {
			throw this.constant;
		}

	}

	static class OptionalHeader {

		final Queue<String> customers = new ConcurrentLinkedQueue<>();

		@NatsListener(subjects = "orders.optional", stream = "ORDERS", consumer = "optional", maxDeliver = "1")
		void handle(String text, @Header("Customer") Optional<String> customer) {
			this.customers.add(customer.orElse("none"));
		}

	}

}
