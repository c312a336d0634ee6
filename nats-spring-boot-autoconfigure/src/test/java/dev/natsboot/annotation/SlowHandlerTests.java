package dev.natsboot.annotation;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

import dev.natsboot.testsupport.InTime;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A message that takes long keeps one worker busy, and no other.
 */
class SlowHandlerTests {

	private static final int MANY = 500;

	@RegisterExtension
	private static final ListenerRig rig = new ListenerRig().with("ORDERS", "orders.>");

	@ParameterizedTest
	@ValueSource(strings = { "pull", "push", "batch", "later", "core" })
	void aSlowMessageDoesNotHoldUpTheOtherWorker(String listener) {
		rig.runner(Listeners.class).run((context) -> {
			Listeners listeners = context.getBean(Listeners.class);
			rig.publish("orders." + listener, "slow");
			await().until(() -> listeners.begun.contains("slow"));
			for (int i = 0; i < MANY; i++) {
				rig.client().publish("orders." + listener, "quick".getBytes());
			}
			await().untilAsserted(() -> assertThat(listeners.ended).hasSize(MANY).doesNotContain("slow"));
			listeners.release.countDown();
			listeners.result.complete(null);
			await().untilAsserted(() -> assertThat(listeners.ended).hasSize(MANY + 1));
		});
	}

	static class Listeners {

		final Queue<String> begun = new ConcurrentLinkedQueue<>();

		final Queue<String> ended = new ConcurrentLinkedQueue<>();

		final CountDownLatch release = new CountDownLatch(1);

		final CompletableFuture<Void> result = new CompletableFuture<>();

		@NatsListener(subjects = "orders.pull", stream = "ORDERS", consumer = "pull", concurrency = "2")
		void pull(String text) throws InterruptedException {
			handle(text);
		}

		@NatsListener(subjects = "orders.push", stream = "ORDERS", consumer = "push", consumerType = "push",
				concurrency = "2")
		void push(String text) throws InterruptedException {
			handle(text);
		}

		@NatsListener(subjects = "orders.batch", stream = "ORDERS", consumer = "batch", concurrency = "2",
				batchSize = "10")
		void batch(List<String> texts) throws InterruptedException {
			for (String text : texts) {
				handle(text);
			}
		}

		@NatsListener(subjects = "orders.later", stream = "ORDERS", consumer = "later", concurrency = "2")
		CompletableFuture<Void> later(String text) {
			this.begun.add(text);
			CompletableFuture<Void> result = text.equals("slow") ? this.result
					: CompletableFuture.completedFuture(null);
			return result.thenRun(() -> this.ended.add(text));
		}

		@NatsListener(subjects = "orders.core", concurrency = "2")
		void core(String text) throws InterruptedException {
			handle(text);
		}

		private void handle(String text) throws InterruptedException {
			this.begun.add(text);
			if (text.equals("slow")) {
				InTime.await(this.release);
			}
			this.ended.add(text);
		}

	}

}
