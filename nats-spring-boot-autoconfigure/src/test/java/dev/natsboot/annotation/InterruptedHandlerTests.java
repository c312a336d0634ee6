package dev.natsboot.annotation;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Messages of a stream are acknowledged also when their handler has left its thread
 * interrupted.
 */
class InterruptedHandlerTests {

	@RegisterExtension
	private static final ListenerRig rig = new ListenerRig().with("ORDERS", "orders.>");

	@ParameterizedTest
	@ValueSource(strings = { "single", "batch" })
	void whatTheHandlerHasHandledIsAcknowledged(String consumer) {
		rig.publish("orders." + consumer, "1");
		rig.publish("orders." + consumer, "2");
		rig.runner(Interrupted.class).run((context) -> {
			Queue<String> handled = context.getBean(Interrupted.class).handled;
			await().untilAsserted(() -> assertThat(handled).containsExactly("1", "2"));
			await().untilAsserted(() -> assertThat(rig.consumer("ORDERS", consumer).getAckFloor().getConsumerSequence())
				.isEqualTo(2));
		});
	}

	static class Interrupted {

		final Queue<String> handled = new ConcurrentLinkedQueue<>();

		@NatsListener(subjects = "orders.single", stream = "ORDERS", consumer = "single")
		void single(String text) {
			this.handled.add(text);
			Thread.currentThread().interrupt();
		}

		@NatsListener(subjects = "orders.batch", stream = "ORDERS", consumer = "batch")
		void batch(List<String> texts) {
			this.handled.addAll(texts);
			Thread.currentThread().interrupt();
		}

	}

}
