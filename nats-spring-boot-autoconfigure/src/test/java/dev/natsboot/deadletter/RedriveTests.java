package dev.natsboot.deadletter;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.natsboot.annotation.NatsListener;
import dev.natsboot.autoconfigure.NatsConverterAutoConfiguration;
import dev.natsboot.autoconfigure.NatsDeadLetterAutoConfiguration;
import dev.natsboot.autoconfigure.NatsJetStreamOptionsAutoConfiguration;
import dev.natsboot.autoconfigure.NatsListenerAutoConfiguration;
import dev.natsboot.autoconfigure.NatsTemplateAutoConfiguration;
import dev.natsboot.autoconfigure.NatsTopologyAutoConfiguration;
import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.idempotency.IdempotencyStore;
import dev.natsboot.idempotency.InMemoryIdempotencyStore;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.impl.Headers;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class RedriveTests {

	@Test
	void onlyTheListenerThatFailedHandlesARedrivenMessageWhenTheOthersAreIdempotent() throws Exception {
		try (DeadLetterRig rig = new DeadLetterRig()) {
			rig.reset();
			runner(rig).run((context) -> {
				Handlers handlers = context.getBean(Handlers.class);
				rig.client().jetStream().publish("orders.x", new Headers().put("Nats-Msg-Id", "m-1"), "id".getBytes());
				rig.client().jetStream().publish("orders.x", "no id".getBytes());
				await().untilAsserted(() -> assertThat(rig.messages("DEAD")).isEqualTo(2));
				await().untilAsserted(() -> assertThat(handlers.others).hasSize(2));
				handlers.failing.set(false);
				assertThat(context.getBean(DeadLetterOperations.class).redriveAll(DeadLetterFilter.all()).done())
					.isEqualTo(2);
				await().untilAsserted(() -> assertThat(handlers.handled).containsExactly("id", "no id"));
				await().untilAsserted(() -> assertSettled(rig, "other", 4));
				assertThat(handlers.others).containsExactly("id", "no id");
			});
		}
	}

	private static void assertSettled(DeadLetterRig rig, String consumer, long sequence) throws Exception {
		ConsumerInfo info = rig.management().getConsumerInfo("ORDERS", consumer);
		assertThat(info.getAckFloor().getStreamSequence()).isEqualTo(sequence);
	}

	private static ApplicationContextRunner runner(DeadLetterRig rig) {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(NatsConverterAutoConfiguration.class,
					NatsJetStreamOptionsAutoConfiguration.class, NatsTopologyAutoConfiguration.class,
					NatsTemplateAutoConfiguration.class, NatsListenerAutoConfiguration.class,
					NatsDeadLetterAutoConfiguration.class))
			.withBean(NatsConnectionManager.class,
					() -> NatsConnectionManager.builder()
						.options((options) -> options.server(rig.server().url()))
						.build())
			.withBean(IdempotencyStore.class, () -> new InMemoryIdempotencyStore(Duration.ofHours(1), 1000))
			.withBean(Handlers.class);
	}

	static class Handlers {

		private final AtomicBoolean failing = new AtomicBoolean(true);

		private final Queue<String> handled = new ConcurrentLinkedQueue<>();

		private final Queue<String> others = new ConcurrentLinkedQueue<>();

		@NatsListener(id = "failing", stream = "ORDERS", consumer = "failing", maxDeliver = "1",
				deadLetterSubject = "dead.failing", idempotency = "true")
		void fail(String order) {
			if (this.failing.get()) {
				throw new IllegalStateException("closed");
			}
			this.handled.add(order);
		}

		@NatsListener(id = "other", stream = "ORDERS", consumer = "other", idempotency = "true")
		void handle(String order) {
			this.others.add(order);
		}

	}

}
