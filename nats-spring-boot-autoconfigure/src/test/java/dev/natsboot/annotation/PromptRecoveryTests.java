package dev.natsboot.annotation;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.natsboot.connection.NatsReconnectedEvent;
import dev.natsboot.core.EndpointState.Status;
import dev.natsboot.listener.NatsListenerEndpointRegistry;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * How soon the first message comes when the server is back: what waits for an alarm of
 * missing heartbeats takes seconds. A busy machine may delay one outage's, but not all.
 */
class PromptRecoveryTests {

	private static final Duration PROMPT = Duration.ofMillis(500);

	/** A busy machine delays some, and not all. */
	private static final int OUTAGES = 10;

	@AutoClose
	@RegisterExtension
	private final ListenerRig rig = new ListenerRig().with("ORDERS", "orders.>");

	@ParameterizedTest
	@ValueSource(strings = { "type=pull,consumer=durable", "type=pull", "type=push,consumer=durable", "type=push",
			"type=ordered", "type=,stream=" })
	void theFirstMessageComesWithinHalfASecond(String source) {
		this.rig.runner(Any.class).withPropertyValues(source.split(",")).run((context) -> {
			Duration duration = recovery(context, "1");
			for (int outage = 2; outage <= OUTAGES && duration.compareTo(PROMPT) >= 0; outage++) {
				duration = recovery(context, Integer.toString(outage));
			}
			assertThat(duration).isLessThan(PROMPT);
		});
	}

	/**
	 * From when both the connection is back and the message was sent.
	 */
	private Duration recovery(AssertableApplicationContext context, String text) throws Exception {
		Any listener = context.getBean(Any.class);
		await().until(() -> status(context) == Status.RUNNING);
		this.rig.server().kill();
		await().until(() -> status(context) == Status.RECOVERING);
		listener.reconnected = 0;
		this.rig.server().start();
		await().pollInterval(Duration.ofMillis(2)).until(() -> listener.reconnected != 0);
		this.rig.client().close();
		this.rig.connect();
		this.rig.publish("orders.any", text);
		long published = System.nanoTime();
		await().until(() -> listener.times.containsKey(text));
		return Duration.ofNanos(listener.times.get(text) - Math.max(published, listener.reconnected));
	}

	private static Status status(AssertableApplicationContext context) {
		return context.getBean(NatsListenerEndpointRegistry.class).getListenerContainer("any").getState().status();
	}

	static class Any {

		final Map<String, Long> times = new ConcurrentHashMap<>();

		volatile long reconnected;

		@EventListener
		void reconnected(NatsReconnectedEvent event) {
			this.reconnected = System.nanoTime();
		}

		@NatsListener(id = "any", subjects = "orders.any", stream = "${stream:ORDERS}", consumer = "${consumer:}",
				consumerType = "${type}")
		void handle(String text) {
			this.times.put(text, System.nanoTime());
		}

	}

}
