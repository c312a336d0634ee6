package dev.natsboot.annotation;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import dev.natsboot.core.EndpointState.Status;
import dev.natsboot.listener.Acknowledgment;
import dev.natsboot.listener.ListenerContainer;
import dev.natsboot.listener.NatsListenerEndpointRegistry;
import dev.natsboot.testsupport.InTime;
import io.nats.client.FetchConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A pull consumer without a name that the server has forgotten: its successor goes on
 * where the listener is, and not where the deliver policy begins.
 */
class EphemeralListenerTests {

	@RegisterExtension
	private static final ListenerRig rig = new ListenerRig().with("ORDERS", "orders.>");

	@Test
	void handlesNothingAgainWhenTheConsumerIsDeleted() {
		publish(0, 100);
		rig.runner(Tail.class).run((context) -> {
			Tail listener = context.getBean(Tail.class);
			await().untilAsserted(() -> assertThat(listener.seen).hasSize(100));
			forget();
			publish(100, 150);
			await().untilAsserted(() -> assertThat(listener.seen).hasSizeGreaterThanOrEqualTo(150));
			assertThat(listener.seen).containsExactlyElementsOf(numbers(150));
			String successor = rig.management().getConsumerNames("ORDERS").get(0);
			assertThat(rig.consumer("ORDERS", successor).getConsumerConfiguration().getStartSequence()).isEqualTo(101);
		});
	}

	@Test
	void handlesNothingAgainWhenTheConsumerIsForgottenDuringAPause() {
		publish(0, 100);
		rig.runner(Tail.class).run((context) -> {
			Tail listener = context.getBean(Tail.class);
			await().untilAsserted(() -> assertThat(listener.seen).hasSize(100));
			container(context).pause();
			forget();
			publish(100, 150);
			container(context).resume();
			await().untilAsserted(() -> assertThat(listener.seen).hasSizeGreaterThanOrEqualTo(150));
			assertThat(listener.seen).containsExactlyElementsOf(numbers(150));
		});
	}

	@Test
	void leavesNothingOutThatItHadNotBegunWhenItBeganWithNewMessages() {
		publish(0, 10);
		rig.runner(Fresh.class).run((context) -> {
			Fresh listener = context.getBean(Fresh.class);
			await().untilAsserted(() -> assertThat(container(context).getState().status()).isEqualTo(Status.RUNNING));
			container(context).pause();
			forget();
			publish(10, 20);
			container(context).resume();
			await().untilAsserted(() -> assertThat(listener.seen).hasSizeGreaterThanOrEqualTo(10));
			assertThat(listener.seen).containsExactlyElementsOf(numbers(20).subList(10, 20));
		});
	}

	@Test
	void handlesOnlyWhatHadFailedAgain() {
		publish(0, 20);
		rig.runner(Failing.class).run((context) -> {
			Failing listener = context.getBean(Failing.class);
			await().untilAsserted(() -> assertThat(listener.seen).hasSize(20));
			listener.healthy.set(true);
			forget();
			publish(20, 21);
			await().untilAsserted(() -> assertThat(listener.seen).hasSizeGreaterThanOrEqualTo(22));
			assertThat(listener.seen.stream().filter((number) -> number == 5)).hasSize(2);
			assertThat(listener.seen.stream().distinct()).containsExactlyInAnyOrderElementsOf(numbers(21));
			assertThat(listener.seen).hasSize(22);
		});
	}

	@Test
	void doesNotHandleAMessageAgainWhoseHandlerStillRuns() {
		publish(0, 3);
		rig.runner(Stepping.class).run((context) -> {
			Stepping listener = context.getBean(Stepping.class);
			await().untilAsserted(() -> assertThat(listener.begun).containsExactlyInAnyOrder(0, 1));
			forget();
			await().untilAsserted(() -> assertThat(rig.management().getConsumerNames("ORDERS")).hasSize(1));
			await().during(Duration.ofMillis(500))
				.untilAsserted(() -> assertThat(listener.begun.stream().filter((number) -> number < 2)).hasSize(2));
			listener.steps.release(100);
			await().untilAsserted(() -> assertThat(listener.begun).contains(2));
			String consumer = rig.management().getConsumerNames("ORDERS").get(0);
			await().untilAsserted(() -> assertThat(rig.consumer("ORDERS", consumer).getNumAckPending()).isZero());
			assertThat(listener.begun).containsExactlyInAnyOrder(0, 1, 2);
		});
	}

	@Test
	void whatIsRefusedWhileItsHandlerRunsIsNoAttempt() {
		publish(0, 1);
		rig.runner(FailingOnce.class).run((context) -> {
			FailingOnce listener = context.getBean(FailingOnce.class);
			await().untilAsserted(() -> assertThat(listener.begun).containsExactly(0));
			forget();
			await().atMost(Duration.ofSeconds(60))
				.until(() -> rig.management()
					.getConsumers("ORDERS")
					.stream()
					.anyMatch((successor) -> successor.getDelivered().getConsumerSequence() > 3));
			listener.steps.release(2);
			await().untilAsserted(() -> assertThat(listener.begun).containsExactly(0, 0));
		});
	}

	@Test
	void takesOnlyTheLastMessageOfEachSubjectAlsoFromASuccessor() {
		List.of("b1", "a2", "c3", "a4", "a5")
			.forEach((each) -> rig.publish("orders." + each.charAt(0), each.substring(1)));
		rig.runner(Lasts.class).run((context) -> {
			Lasts listener = context.getBean(Lasts.class);
			await().untilAsserted(() -> assertThat(listener.begun).containsExactly(1));
			forget();
			listener.steps.release(100);
			await().untilAsserted(() -> assertThat(listener.begun).contains(5));
			assertThat(listener.begun).containsExactly(1, 3, 5);
		});
	}

	@Test
	void readsAStreamThatWasMadeAnewFromItsFirstMessage() {
		publish(0, 100);
		rig.runner(Tail.class).run((context) -> {
			Tail listener = context.getBean(Tail.class);
			await().untilAsserted(() -> assertThat(listener.seen).hasSize(100));
			rig.stream("ORDERS", "orders.>");
			publish(100, 110);
			await().untilAsserted(() -> assertThat(listener.seen).hasSizeGreaterThanOrEqualTo(110));
			assertThat(listener.seen).containsExactlyElementsOf(numbers(110));
		});
	}

	@Test
	void aServerThatForgetsTheConsumerInAnOutageMakesNothingHandledAgain() throws Exception {
		try (ListenerRig own = new ListenerRig()) {
			own.stream("ORDERS", "orders.>");
			own.runner(Tail.class).run((context) -> {
				Tail listener = context.getBean(Tail.class);
				for (int number = 0; number < 100; number++) {
					own.publish("orders.tail", Integer.toString(number));
				}
				await().untilAsserted(() -> assertThat(listener.seen).hasSize(100));
				String consumer = own.management().getConsumerNames("ORDERS").get(0);
				own.server().kill();
				own.server().start();
				own.client().close();
				own.connect();
				if (own.management().getConsumerNames("ORDERS").contains(consumer)) {
					own.management().deleteConsumer("ORDERS", consumer);
				}
				for (int number = 100; number < 150; number++) {
					own.publish("orders.tail", Integer.toString(number));
				}
				await().untilAsserted(() -> assertThat(listener.seen).hasSizeGreaterThanOrEqualTo(150));
				assertThat(listener.seen).containsExactlyElementsOf(numbers(150));
			});
		}
	}

	@Test
	void aServerThatIsKilledLosesNothingAndMakesNothingHandledAgain() throws Exception {
		try (ListenerRig own = new ListenerRig()) {
			own.stream("ORDERS", "orders.>");
			own.runner(Tail.class).run((context) -> {
				Tail listener = context.getBean(Tail.class);
				int published = 0;
				for (int outage = 0; outage < 3; outage++) {
					for (int number = 0; number < 200; number++) {
						own.publish("orders.tail", Integer.toString(published++));
					}
					own.server().kill();
					own.server().start();
					own.client().close();
					own.connect();
				}
				own.publish("orders.tail", Integer.toString(published++));
				List<Integer> all = numbers(published);
				await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(listener.seen).containsAll(all));
				assertThat(listener.seen).doesNotHaveDuplicates();
			});
		}
	}

	@Test
	void handlesWhatWasLostOnTheWayWhenItComesAgain() {
		publish(0, 1);
		rig.runner(Tail.class).withPropertyValues("nats.listener.ack-wait=2s").run((context) -> {
			Tail listener = context.getBean(Tail.class);
			loseTheSecondAndTheThird(context, listener);
			await().untilAsserted(() -> assertThat(listener.seen).containsExactlyInAnyOrder(0, 1, 2, 3, 4));
		});
	}

	@Test
	void handlesWhatWasLostOnTheWayWhenTheConsumerIsForgotten() {
		publish(0, 1);
		rig.runner(Tail.class).run((context) -> {
			Tail listener = context.getBean(Tail.class);
			loseTheSecondAndTheThird(context, listener);
			await().untilAsserted(() -> assertThat(listener.seen).containsExactly(0, 3, 4));
			forget();
			await().untilAsserted(() -> assertThat(listener.seen).containsExactly(0, 3, 4, 1, 2));
		});
	}

	@Test
	void aSuccessorBeginsBehindWhatWasLostAndThenAcknowledged() {
		rig.runner(Tail.class)
			.withPropertyValues("nats.listener.ack-wait=2s", "nats.listener.consumer-info-interval=100ms")
			.run((context) -> {
				Tail listener = context.getBean(Tail.class);
				await()
					.untilAsserted(() -> assertThat(container(context).getState().status()).isEqualTo(Status.RUNNING));
				container(context).pause();
				publish(0, 1);
				rig.publish("orders.other", "of somebody else");
				publish(1, 2);
				lose(2);
				publish(2, 3);
				container(context).resume();
				await().untilAsserted(() -> assertThat(listener.seen).containsExactlyInAnyOrder(0, 1, 2));
				await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofSeconds(1)).until(() -> isSuccessor(5));
				assertThat(listener.seen).hasSize(3);
			});
	}

	@Test
	void whatAManualHandlerHasForgottenComesAgainAfterAStop() {
		publish(0, 1);
		rig.runner(Forgetful.class).withPropertyValues("nats.listener.shutdown-timeout=200ms").run((context) -> {
			Forgetful listener = context.getBean(Forgetful.class);
			await().untilAsserted(() -> assertThat(listener.seen).containsExactly(0));
			container(context).stop();
			forget();
			container(context).start();
			await().untilAsserted(() -> assertThat(listener.seen).containsExactly(0, 0));
		});
	}

	private static void forget() throws Exception {
		for (String name : rig.management().getConsumerNames("ORDERS")) {
			rig.management().deleteConsumer("ORDERS", name);
		}
	}

	/**
	 * Forget the consumer unless it begins at a sequence.
	 */
	private static boolean isSuccessor(long start) throws Exception {
		boolean expected = rig.management()
			.getConsumers("ORDERS")
			.stream()
			.anyMatch((consumer) -> consumer.getConsumerConfiguration().getStartSequence() == start);
		if (!expected) {
			forget();
		}
		return expected;
	}

	private static void loseTheSecondAndTheThird(ApplicationContext context, Tail listener) throws Exception {
		await().untilAsserted(() -> assertThat(listener.seen).containsExactly(0));
		container(context).pause();
		publish(1, 3);
		lose(2);
		publish(3, 5);
		container(context).resume();
	}

	/**
	 * Have the server deliver messages that don't reach the listener.
	 */
	private static void lose(int count) throws Exception {
		String consumer = rig.management().getConsumerNames("ORDERS").get(0);
		try (FetchConsumer fetch = rig.client()
			.getStreamContext("ORDERS")
			.getConsumerContext(consumer)
			.fetchMessages(count)) {
			for (int lost = 0; lost < count; lost++) {
				assertThat(fetch.nextMessage()).isNotNull();
			}
		}
	}

	private static ListenerContainer container(ApplicationContext context) {
		return context.getBean(NatsListenerEndpointRegistry.class).getListenerContainer("tail");
	}

	private static List<Integer> numbers(int count) {
		return IntStream.range(0, count).boxed().toList();
	}

	private static void publish(int from, int to) {
		for (int number = from; number < to; number++) {
			rig.publish("orders.tail", Integer.toString(number));
		}
	}

	static class Tail {

		final Queue<Integer> seen = new ConcurrentLinkedQueue<>();

		@NatsListener(id = "tail", subjects = "orders.tail", stream = "ORDERS")
		void handle(int number) {
			this.seen.add(number);
		}

	}

	static class Fresh {

		final Queue<Integer> seen = new ConcurrentLinkedQueue<>();

		@NatsListener(id = "tail", subjects = "orders.tail", stream = "ORDERS", deliverPolicy = "new")
		void handle(int number) {
			this.seen.add(number);
		}

	}

	static class Failing {

		final Queue<Integer> seen = new ConcurrentLinkedQueue<>();

		final AtomicBoolean healthy = new AtomicBoolean();

		@NatsListener(id = "tail", subjects = "orders.tail", stream = "ORDERS", backoff = "1h")
		void handle(int number) {
			this.seen.add(number);
			if (number == 5 && !this.healthy.get()) {
				throw new IllegalStateException("no");
			}
		}

	}

	static class Stepping {

		final Queue<Integer> begun = new ConcurrentLinkedQueue<>();

		final Semaphore steps = new Semaphore(0);

		@NatsListener(id = "tail", subjects = "orders.tail", stream = "ORDERS", concurrency = "2")
		void handle(int number) throws InterruptedException {
			this.begun.add(number);
			InTime.acquire(this.steps);
		}

	}

	static class FailingOnce {

		final Queue<Integer> begun = new ConcurrentLinkedQueue<>();

		final Semaphore steps = new Semaphore(0);

		@NatsListener(id = "tail", subjects = "orders.tail", stream = "ORDERS", maxDeliver = "3")
		void handle(int number) throws InterruptedException {
			this.begun.add(number);
			InTime.acquire(this.steps);
			if (this.begun.size() == 1) {
				throw new IllegalStateException("no");
			}
		}

	}

	static class Lasts {

		final Queue<Integer> begun = new ConcurrentLinkedQueue<>();

		final Semaphore steps = new Semaphore(0);

		@NatsListener(id = "tail", subjects = "orders.*", stream = "ORDERS", deliverPolicy = "last-per-subject")
		void handle(int number) throws InterruptedException {
			this.begun.add(number);
			InTime.acquire(this.steps);
		}

	}

	static class Forgetful {

		final Queue<Integer> seen = new ConcurrentLinkedQueue<>();

		@NatsListener(id = "tail", subjects = "orders.tail", stream = "ORDERS", ackMode = "manual")
		void handle(int number, Acknowledgment acknowledgment) {
			this.seen.add(number);
		}

	}

}
