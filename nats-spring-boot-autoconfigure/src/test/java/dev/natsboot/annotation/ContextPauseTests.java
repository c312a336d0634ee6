package dev.natsboot.annotation;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import dev.natsboot.listener.NatsListenerEndpointRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Pauses and restarts of the whole application context.
 */
class ContextPauseTests {

	@RegisterExtension
	private static final ListenerRig rig = new ListenerRig().with("ORDERS", "orders.>");

	@Test
	void pausesAndRestartsMakeNoSecondSubscription() {
		rig.runner(Listeners.class).run((context) -> {
			Listeners listeners = context.getBean(Listeners.class);
			for (int round = 1; round <= 4; round++) {
				String text = Integer.toString(round);
				rig.client().publish("core.work", text.getBytes());
				rig.publish("orders.work", text);
				await().until(() -> listeners.haveSeen(text));
				pauseAndRestart(context.getSourceApplicationContext());
			}
			assertThat(listeners.core).containsExactly("1", "2", "3", "4");
			assertThat(listeners.pulled).containsExactly("1", "2", "3", "4");
			assertThat(listeners.pushed).containsExactly("1", "2", "3", "4");
			assertThat(listeners.ordered).containsExactly("1", "2", "3", "4");
			assertThat(rig.management().getConsumerNames("ORDERS")).hasSize(3).contains("pulled", "pushed");
		});
	}

	private static void pauseAndRestart(ConfigurableApplicationContext context) {
		NatsListenerEndpointRegistry registry = context.getBean(NatsListenerEndpointRegistry.class);
		context.pause();
		assertThat(registry.getListenerContainers()).noneMatch((container) -> container.isRunning());
		context.restart();
		assertThat(registry.getListenerContainers()).allMatch((container) -> container.isRunning());
	}

	static class Listeners {

		final Queue<String> core = new ConcurrentLinkedQueue<>();

		final Queue<String> pulled = new ConcurrentLinkedQueue<>();

		final Queue<String> pushed = new ConcurrentLinkedQueue<>();

		final Queue<String> ordered = new ConcurrentLinkedQueue<>();

		boolean haveSeen(String text) {
			return this.core.contains(text) && this.pulled.contains(text) && this.pushed.contains(text)
					&& this.ordered.contains(text);
		}

		@NatsListener(id = "core", subjects = "core.work")
		void core(String text) {
			this.core.add(text);
		}

		@NatsListener(id = "pulled", subjects = "orders.work", stream = "ORDERS", consumer = "pulled")
		void pull(String text) {
			this.pulled.add(text);
		}

		@NatsListener(id = "pushed", subjects = "orders.work", stream = "ORDERS", consumer = "pushed",
				consumerType = "push")
		void push(String text) {
			this.pushed.add(text);
		}

		@NatsListener(id = "ordered", subjects = "orders.work", stream = "ORDERS", consumerType = "ordered")
		void ordered(String text) {
			this.ordered.add(text);
		}

	}

}
