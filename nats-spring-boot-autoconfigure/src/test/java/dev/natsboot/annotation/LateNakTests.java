package dev.natsboot.annotation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import dev.natsboot.listener.Acknowledgment;
import dev.natsboot.listener.FailureAction;
import dev.natsboot.listener.ListenerErrorHandler;
import dev.natsboot.observation.ListenerMetrics;
import dev.natsboot.observation.ListenerMetrics.Outcome;
import dev.natsboot.observation.NatsMetrics;
import dev.natsboot.testsupport.InTime;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A handler gives its message back while a newer delivery of it is being handled. All
 * that the listener tells the server goes over one connection, so the last of it shows
 * what came before.
 */
class LateNakTests {

	private static final String NAK = "-NAK";

	private static final String ACK = "+ACK";

	private static final String IN_PROGRESS = "+WPI";

	@RegisterExtension
	private static final ListenerRig rig = new ListenerRig().with("ORDERS", "orders.>");

	private final Queue<String> told = new ConcurrentLinkedQueue<>();

	private Dispatcher sniffer;

	@BeforeEach
	void listenToAnswers() throws Exception {
		this.sniffer = rig.client().createDispatcher((message) -> told(new String(message.getData())));
		this.sniffer.subscribe("$JS.ACK.ORDERS.late.>");
		rig.client().flush(Duration.ofSeconds(2));
		rig.publish("orders.a", "1");
	}

	private void told(String answer) {
		if (!answer.equals(IN_PROGRESS)) {
			this.told.add(answer);
		}
	}

	@AfterEach
	void listenNoMore() {
		rig.client().closeDispatcher(this.sniffer);
	}

	@Test
	void anOlderDeliveryThatIsGivenBackByHandCausesNoOther() {
		runner(ByHand.class).run((context) -> finishOlderFirst(context, context.getBean(ByHand.class)));
	}

	@ParameterizedTest
	@MethodSource
	void anOlderDeliveryThatFailsCausesNoOther(FailureAction action) {
		runner(Failing.class).withBean(ListenerErrorHandler.class, () -> (failure) -> action)
			.run((context) -> finishOlderFirst(context, context.getBean(Failing.class)));
	}

	static Stream<FailureAction> anOlderDeliveryThatFailsCausesNoOther() {
		return Stream.of(FailureAction.retry(Duration.ZERO), FailureAction.postpone(Duration.ZERO));
	}

	private void finishOlderFirst(ApplicationContext context, Late listener) {
		deliverAnew(listener);
		listener.finish(1);
		await().untilAsserted(() -> assertThat(context.getBean(Outcomes.class).seen).hasSize(1));
		listener.finish(2);
		await().untilAsserted(() -> assertThat(this.told).endsWith(ACK));
		assertThat(this.told).containsExactly(NAK, ACK);
		await().untilAsserted(() -> assertThat(rig.consumer("ORDERS", "late").getNumAckPending()).isZero());
		assertThat(rig.consumer("ORDERS", "late").getDelivered().getConsumerSequence()).isEqualTo(2);
	}

	@Test
	void theNewestDeliveryCausesAnotherAlsoWhileAnOlderOneIsBeingHandled() {
		runner(ByHand.class).run((context) -> {
			ByHand listener = context.getBean(ByHand.class);
			deliverAnew(listener);
			listener.failing = 2;
			listener.finish(2);
			await().untilAsserted(() -> assertThat(listener.begun).containsKey(3L));
			listener.finish(3);
			await().untilAsserted(() -> assertThat(this.told).containsExactly(NAK, NAK, ACK));
			listener.finish(1);
		});
	}

	/**
	 * For the server it is the same whether the ack wait has passed or somebody has given
	 * the message back.
	 */
	private static void deliverAnew(Late listener) {
		await().untilAsserted(() -> assertThat(listener.begun).containsKey(1L));
		rig.client().publish(listener.begun.get(1L), NAK.getBytes());
		await().untilAsserted(() -> assertThat(listener.begun).containsKey(2L));
	}

	private static ApplicationContextRunner runner(Class<? extends Late> type) {
		return rig.runner(type, Outcomes.class);
	}

	abstract static class Late {

		final Map<Long, String> begun = new ConcurrentHashMap<>();

		private final Map<Long, CountDownLatch> gates = Map.of(1L, new CountDownLatch(1), 2L, new CountDownLatch(1), 3L,
				new CountDownLatch(1));

		volatile long failing = 1;

		boolean fails(Message message) throws InterruptedException {
			long delivery = message.metaData().deliveredCount();
			this.begun.put(delivery, message.getReplyTo());
			InTime.await(this.gates.get(delivery));
			return delivery == this.failing;
		}

		void finish(long delivery) {
			this.gates.get(delivery).countDown();
		}

	}

	static class ByHand extends Late {

		@NatsListener(stream = "ORDERS", subjects = "orders.a", consumer = "late", concurrency = "3",
				ackMode = "manual")
		void handle(Message message, Acknowledgment acknowledgment) throws InterruptedException {
			if (fails(message)) {
				acknowledgment.nak();
			}
			else {
				acknowledgment.acknowledge();
			}
		}

	}

	static class Failing extends Late {

		@NatsListener(stream = "ORDERS", subjects = "orders.a", consumer = "late", concurrency = "3")
		void handle(Message message) throws InterruptedException {
			if (fails(message)) {
				throw new IllegalStateException("on purpose");
			}
		}

	}

	static class Outcomes implements NatsMetrics {

		final Queue<Outcome> seen = new ConcurrentLinkedQueue<>();

		@Override
		public void published(String subject, boolean failed) {
		}

		@Override
		public ListenerMetrics listener(String id, List<String> subjects, Set<Outcome> outcomes) {
			return (outcome, durationNanos) -> this.seen.add(outcome);
		}

	}

}
