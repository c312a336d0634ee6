package dev.natsboot.annotation;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import dev.natsboot.listener.BatchAcknowledgment;
import dev.natsboot.listener.DeadLetterHeaders;
import dev.natsboot.listener.NatsListenerEndpointRegistry;
import io.nats.client.Subscription;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.messaging.handler.annotation.SendTo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Dead letters and replies that nobody stores. Their messages wait, and must not take the
 * room of others: each of these consumers delivers only a little more than what waits.
 */
class StoreFailureTests {

	private static final int BAD = 4;

	private static final int GOOD = 20;

	@RegisterExtension
	private static final ListenerRig rig = new ListenerRig().with("ORDERS", "orders.>").with("DEAD", "dead.>");

	@Test
	void deadLettersOfBatchesThatCannotBeStoredKeepNoOthersWaiting() {
		rig.runner(Batches.class).withPropertyValues("nats.listener.shutdown-timeout=5m").run((context) -> {
			Batches listener = context.getBean(Batches.class);
			rig.publish("orders.batches", "good");
			await().until(() -> listener.good.get() == 1);
			rig.deleteStream("DEAD");
			publish("orders.batches");
			await().until(() -> listener.good.get() == GOOD + 1);
			await().until(() -> listener.bad.get() >= BAD);
			await().untilAsserted(() -> assertThat(pending("batches")).isEqualTo(BAD));
			rig.stream("DEAD", "dead.>");
			await().until(() -> rig.messages("DEAD") == BAD);
			await().untilAsserted(() -> assertThat(pending("batches")).isZero());
			assertStops(context, "batches");
		});
	}

	@Test
	void repliesThatCannotBeStoredKeepNoOthersWaiting() {
		rig.runner(Replies.class).withPropertyValues("nats.listener.shutdown-timeout=5m").run((context) -> {
			Replies listener = context.getBean(Replies.class);
			publish("orders.replies");
			await().until(() -> listener.good.size() == GOOD);
			await().untilAsserted(() -> assertThat(pending("replies")).isEqualTo(BAD));
			rig.stream("REPLIES", "replies");
			await().until(() -> rig.messages("REPLIES") == BAD);
			await().untilAsserted(() -> assertThat(pending("replies")).isZero());
			assertStops(context, "replies");
		});
	}

	@Test
	void repliesArePublishedAsThePropertiesOfTheTemplateSay() throws Exception {
		Subscription deaf = rig.client().subscribe("deaf");
		rig.runner(Unconfirmed.class)
			.withPropertyValues("nats.template.publish-timeout=50ms", "nats.template.publish-attempts=2",
					"nats.template.publish-retry-wait=1ms")
			.run((context) -> {
				rig.publish("orders.unconfirmed", "one");
				await().until(() -> rig.messages("DEAD") == 1);
				assertThat(rig.management().getLastMessage("DEAD", "dead.unconfirmed").getHeaders())
					.satisfies((headers) -> assertThat(headers.getFirst(DeadLetterHeaders.TEXT)).contains("50 ms"));
				assertThat(deaf.getPendingMessageCount()).isEqualTo(2);
			});
	}

	private static void publish(String subject) {
		for (int i = 0; i < GOOD + BAD; i++) {
			rig.publish(subject, (i % 3 == 0 && i < 3 * BAD) ? "bad" : "good");
		}
	}

	private static long pending(String consumer) {
		return rig.consumer("ORDERS", consumer).getNumAckPending();
	}

	/**
	 * A stop would wait for what is still counted as being handled.
	 */
	private static void assertStops(AssertableApplicationContext context, String id) {
		NatsListenerEndpointRegistry registry = context.getBean(NatsListenerEndpointRegistry.class);
		await().until(CompletableFuture.runAsync(registry.getListenerContainer(id)::stop)::isDone);
	}

	static class Batches {

		final AtomicInteger good = new AtomicInteger();

		final AtomicInteger bad = new AtomicInteger();

		@NatsListener(id = "batches", subjects = "orders.batches", stream = "ORDERS", consumer = "batches",
				batchSize = "3", maxAckPending = "6", maxDeliver = "1", backoff = "50ms",
				deadLetterSubject = "dead.batches")
		void handle(List<String> texts, BatchAcknowledgment batch) {
			for (int i = 0; i < texts.size(); i++) {
				if (texts.get(i).equals("good")) {
					this.good.incrementAndGet();
				}
				else {
					this.bad.incrementAndGet();
					batch.fail(i, new IllegalStateException("no"));
				}
			}
		}

	}

	static class Replies {

		final Queue<String> good = new ConcurrentLinkedQueue<>();

		@NatsListener(id = "replies", subjects = "orders.replies", stream = "ORDERS", consumer = "replies",
				concurrency = "4", maxAckPending = "6", maxDeliver = "-1", backoff = "500ms")
		@SendTo("replies")
		@Nullable String handle(String text) {
			if (text.equals("bad")) {
				return "a reply";
			}
			this.good.add(text);
			return null;
		}

	}

	static class Unconfirmed {

		@NatsListener(subjects = "orders.unconfirmed", stream = "ORDERS", consumer = "unconfirmed", maxDeliver = "1",
				deadLetterSubject = "dead.unconfirmed")
		@SendTo("deaf")
		String handle(String text) {
			return text;
		}

	}

}
