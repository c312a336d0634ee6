package dev.natsboot.annotation;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.natsboot.listener.ListenerContainer;
import dev.natsboot.listener.NatsListenerEndpointRegistry;
import io.nats.client.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Pauses between messages that keep coming. A server before 2.10 may leave a message to
 * its ack wait that arrives in the moment of the pause, and counts it as delivered: with
 * some hundred pauses also five times.
 */
class JetStreamPauseTests {

	private static final int ROUNDS = 200;

	private static final int PER_ROUND = 20;

	@RegisterExtension
	private static final ListenerRig rig = new ListenerRig().with("ORDERS", "orders.>");

	@Test
	void nothingIsLeftToItsAckWaitByPausesUnderLoad() {
		runner(Steady.class).run((context) -> {
			pauseUnderLoad(context.getBean(NatsListenerEndpointRegistry.class).getListenerContainer("steady"));
			Steady listener = context.getBean(Steady.class);
			await().atMost(Duration.ofSeconds(30))
				.untilAsserted(() -> assertThat(listener.handled).hasSize(ROUNDS * PER_ROUND));
		});
	}

	@Test
	void whatFailsDuringAPauseIsRetriedAfterIt() {
		runner(Failing.class).run((context) -> {
			pauseUnderLoad(context.getBean(NatsListenerEndpointRegistry.class).getListenerContainer("failing"));
			Failing listener = context.getBean(Failing.class);
			await().atMost(Duration.ofSeconds(30))
				.untilAsserted(() -> assertThat(listener.handled).hasSize(ROUNDS * PER_ROUND));
		});
	}

	private static ApplicationContextRunner runner(Class<?> listener) {
		boolean old = rig.client().getServerInfo().isOlderThanVersion("2.10.0");
		return rig.runner(listener).withPropertyValues("test.ack-wait=" + (old ? "1s" : "60s"));
	}

	private static void pauseUnderLoad(ListenerContainer container) {
		for (int round = 0; round < ROUNDS; round++) {
			for (int i = 0; i < PER_ROUND; i++) {
				rig.client().publish("orders.steady", new byte[0]);
			}
			container.pause();
			container.resume();
		}
	}

	static class Steady {

		final Set<Long> handled = ConcurrentHashMap.newKeySet();

		@NatsListener(id = "steady", subjects = "orders.steady", stream = "ORDERS", consumer = "steady",
				concurrency = "2", ackWait = "${test.ack-wait}", maxDeliver = "-1")
		void handle(Message message) {
			this.handled.add(message.metaData().streamSequence());
		}

	}

	static class Failing {

		final Set<Long> handled = ConcurrentHashMap.newKeySet();

		@NatsListener(id = "failing", subjects = "orders.steady", stream = "ORDERS", consumer = "failing",
				concurrency = "2", ackWait = "${test.ack-wait}", maxDeliver = "-1", backoff = "20ms",
				batchLinger = "1ms")
		void handle(List<Message> messages) {
			Message first = messages.get(0);
			if (first.metaData().deliveredCount() == 1 && first.metaData().streamSequence() % 3 == 0) {
				throw new IllegalStateException("Fails the first time");
			}
			messages.forEach((message) -> this.handled.add(message.metaData().streamSequence()));
		}

	}

}
