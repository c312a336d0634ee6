package dev.natsboot.annotation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

import dev.natsboot.core.EndpointState.Status;
import dev.natsboot.listener.ListenerContainer;
import dev.natsboot.listener.NatsListenerEndpointRegistry;
import dev.natsboot.testsupport.InTime;
import io.nats.client.PullRequestOptions;
import io.nats.client.Subscription;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * An ordered consumer: each message once, in order, whatever happens to the consumer, the
 * server and the listener.
 */
class OrderedListenerTests {

	@RegisterExtension
	private static final ListenerRig rig = new ListenerRig().with("ORDERS", "orders.>").with("DEAD", "dead.>");

	@Test
	void readsTheStreamInOrderThroughAConsumerWithoutAcknowledgements() {
		publish(0, 1000);
		rig.runner(Ordered.class).run((context) -> {
			Ordered listener = context.getBean(Ordered.class);
			listener.expect(1000);
			ConsumerConfiguration configuration = consumer().getConsumerConfiguration();
			assertThat(configuration.getAckPolicy()).isEqualTo(AckPolicy.None);
			assertThat(configuration.getMaxDeliver()).isEqualTo(1);
			assertThat(configuration.isMemStorage()).isTrue();
			assertThat(configuration.getNumReplicas()).isEqualTo(1);
			assertThat(configuration.getDurable()).isNull();
		});
		await().untilAsserted(() -> assertThat(rig.management().getConsumerNames("ORDERS")).isEmpty());
	}

	@Test
	void takesOnlyWhatASlowHandlerNeeds() {
		publish(0, 500);
		rig.runner(Stepping.class).run((context) -> {
			Stepping listener = context.getBean(Stepping.class);
			await().untilAsserted(() -> assertThat(listener.begun).hasSize(1));
			await().during(Duration.ofMillis(300))
				.untilAsserted(() -> assertThat(consumer().getDelivered().getConsumerSequence()).isLessThan(5));
			listener.steps.release(1000);
			await().untilAsserted(() -> assertThat(listener.begun).containsExactlyElementsOf(numbers(500)));
		});
	}

	@Test
	void readsAMessageAgainWhoseResultAPauseHasGivenUp() {
		publish(0, 1);
		rig.runner(Unfinished.class).withPropertyValues("nats.listener.shutdown-timeout=200ms").run((context) -> {
			Unfinished listener = context.getBean(Unfinished.class);
			await().untilAsserted(() -> assertThat(listener.begun).containsExactly(0));
			container(context).pause();
			container(context).resume();
			await().untilAsserted(() -> assertThat(listener.begun).containsExactly(0, 0));
		});
	}

	@Test
	void goesOnBehindTheLastMessageWhenTheConsumerIsDeleted() {
		rig.runner(Ordered.class).run((context) -> {
			Ordered listener = context.getBean(Ordered.class);
			for (int round = 1; round <= 5; round++) {
				publish((round - 1) * 100, round * 100);
				listener.expect(round * 100);
				rig.management().deleteConsumer("ORDERS", consumer().getName());
			}
			publish(500, 600);
			listener.expect(600);
			assertThat(rig.management().getConsumerNames("ORDERS")).hasSize(1);
		});
	}

	@Test
	void bringsWhatWasLostOnTheWay() {
		rig.runner(Ordered.class).run((context) -> {
			Ordered listener = context.getBean(Ordered.class);
			publish(0, 10);
			listener.expect(10);
			Subscription robber = rob(20);
			publish(10, 100);
			assertThat(robber.nextMessage(Duration.ofSeconds(5))).isNotNull();
			listener.expect(100);
		});
	}

	/**
	 * What was lost at the end is missed when a heartbeat tells how many were delivered.
	 */
	@Test
	void bringsWhatWasLostAtTheEnd() {
		rig.runner(Stepping.class).run((context) -> {
			Stepping listener = context.getBean(Stepping.class);
			publish(0, 2);
			await().untilAsserted(() -> assertThat(listener.begun).hasSize(1));
			assertThat(consumer().getDelivered().getConsumerSequence()).isEqualTo(1);
			assertThat(rob(1).nextMessage(Duration.ofSeconds(5))).isNotNull();
			listener.steps.release(100);
			await().atMost(Duration.ofSeconds(20))
				.untilAsserted(() -> assertThat(listener.begun).containsExactly(0, 1));
		});
	}

	@Test
	void aPauseHandlesNothingTwiceAndLeavesNothingOut() {
		rig.runner(Ordered.class).run((context) -> {
			ListenerContainer container = container(context);
			publish(0, 1000);
			for (int round = 0; round < 10; round++) {
				container.pause();
				publish(1000 + round * 10, 1000 + (round + 1) * 10);
				container.resume();
			}
			context.getBean(Ordered.class).expect(1100);
		});
	}

	@Test
	void aHandlerThatStillRunsAtAStopEndsBeforeTheNextOneBegins() {
		publish(0, 10);
		rig.runner(Stepping.class).withPropertyValues("nats.listener.shutdown-timeout=0s").run((context) -> {
			Stepping listener = context.getBean(Stepping.class);
			ListenerContainer container = container(context);
			await().untilAsserted(() -> assertThat(listener.begun).hasSize(1));
			container.stop();
			container.start();
			await().untilAsserted(() -> assertThat(container.getState().status()).isEqualTo(Status.RECOVERING));
			assertThat(container.getState().lastError()).contains("hasn't finished");
			assertThat(listener.begun).containsExactly(0);
			listener.steps.release(100);
			await().untilAsserted(() -> assertThat(listener.begun).containsExactlyElementsOf(numbers(10)));
		});
	}

	@Test
	void aFailureIsDeadLetteredOnceAndTheNextMessageIsHandled() {
		publish(0, 10);
		rig.runner(Failing.class).run((context) -> {
			Failing listener = context.getBean(Failing.class);
			await().untilAsserted(() -> assertThat(listener.seen).containsExactlyElementsOf(numbers(10)));
			assertThat(rig.messages("DEAD")).isEqualTo(1);
			assertThat(rig.management().getMessage("DEAD", 1).getData()).asString().isEqualTo("3");
		});
	}

	@Test
	void aServerThatIsKilledAndComesBackNeitherLosesNorRepeatsAMessage() throws Exception {
		try (ListenerRig own = new ListenerRig()) {
			own.stream("ORDERS", "orders.>");
			own.runner(Ordered.class).run((context) -> {
				Ordered listener = context.getBean(Ordered.class);
				int published = 0;
				for (int outage = 0; outage < 3; outage++) {
					for (int number = 0; number < 200; number++) {
						own.publish("orders.ordered", Integer.toString(published++));
					}
					own.server().kill();
					own.server().start();
					own.client().close();
					own.connect();
				}
				own.publish("orders.ordered", Integer.toString(published++));
				listener.expect(published);
			});
		}
	}

	@Test
	void aStreamThatIsMadeAnewIsReadFromItsFirstMessage() {
		rig.runner(Ordered.class).run((context) -> {
			Ordered listener = context.getBean(Ordered.class);
			publish(0, 10);
			listener.expect(10);
			rig.stream("ORDERS", "orders.>");
			publish(10, 13);
			listener.expect(13);
		});
	}

	@Test
	void batchesAreInOrderToo() {
		publish(0, 300);
		rig.runner(Batches.class).run((context) -> {
			Batches listener = context.getBean(Batches.class);
			await().untilAsserted(() -> assertThat(listener.seen).containsExactlyElementsOf(numbers(300)));
		});
	}

	/**
	 * Take messages that were meant for the listener.
	 */
	private static Subscription rob(int count) {
		String inbox = rig.client().createInbox();
		Subscription robber = rig.client().subscribe(inbox);
		rig.client()
			.publish("$JS.API.CONSUMER.MSG.NEXT.ORDERS." + consumer().getName(), inbox,
					PullRequestOptions.builder(count).expiresIn(5000).build().serialize());
		return robber;
	}

	private static ListenerContainer container(ApplicationContext context) {
		return context.getBean(NatsListenerEndpointRegistry.class).getListenerContainer("ordered");
	}

	private static ConsumerInfo consumer() {
		try {
			List<String> names = rig.management().getConsumerNames("ORDERS");
			assertThat(names).hasSize(1);
			return rig.consumer("ORDERS", names.get(0));
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static List<Integer> numbers(int count) {
		return IntStream.range(0, count).boxed().toList();
	}

	private static void publish(int from, int to) {
		List<CompletableFuture<?>> acks = IntStream.range(from, to)
			.<CompletableFuture<?>>mapToObj(OrderedListenerTests::publishAsync)
			.toList();
		InTime.join(acks);
	}

	private static CompletableFuture<?> publishAsync(int number) {
		try {
			return rig.client().jetStream().publishAsync("orders.ordered", Integer.toString(number).getBytes());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static class Ordered {

		final Queue<Integer> seen = new ConcurrentLinkedQueue<>();

		@NatsListener(id = "ordered", subjects = "orders.ordered", stream = "ORDERS", consumerType = "ordered")
		void handle(int number) {
			this.seen.add(number);
		}

		void expect(int count) {
			await().untilAsserted(() -> assertThat(this.seen).hasSizeGreaterThanOrEqualTo(count));
			assertThat(this.seen).containsExactlyElementsOf(numbers(count));
		}

	}

	static class Unfinished {

		final Queue<Integer> begun = new ConcurrentLinkedQueue<>();

		@NatsListener(id = "ordered", subjects = "orders.ordered", stream = "ORDERS", consumerType = "ordered")
		CompletableFuture<Void> handle(int number) {
			this.begun.add(number);
			return new CompletableFuture<>();
		}

	}

	static class Stepping {

		final Queue<Integer> begun = new ConcurrentLinkedQueue<>();

		final Semaphore steps = new Semaphore(0);

		@NatsListener(id = "ordered", subjects = "orders.ordered", stream = "ORDERS", consumerType = "ordered")
		void handle(int number) throws InterruptedException {
			this.begun.add(number);
			InTime.acquire(this.steps);
		}

	}

	static class Failing {

		final Queue<Integer> seen = new ConcurrentLinkedQueue<>();

		@NatsListener(subjects = "orders.ordered", stream = "ORDERS", consumerType = "ordered",
				deadLetterSubject = "dead.ordered")
		void handle(int number) {
			this.seen.add(number);
			if (number == 3) {
				throw new IllegalStateException("no");
			}
		}

	}

	static class Batches {

		final Queue<Integer> seen = new ConcurrentLinkedQueue<>();

		@NatsListener(subjects = "orders.ordered", stream = "ORDERS", consumerType = "ordered", batchSize = "7")
		void handle(List<Integer> numbers) {
			this.seen.addAll(numbers);
		}

	}

}
