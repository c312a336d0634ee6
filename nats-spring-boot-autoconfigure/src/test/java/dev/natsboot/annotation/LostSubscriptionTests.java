package dev.natsboot.annotation;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import dev.natsboot.annotation.PushListenerTests.RecordedConnection;
import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.core.EndpointState.Status;
import dev.natsboot.listener.NatsListenerEndpointRegistry;
import io.nats.client.Connection;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Subscriptions that get lost, alone or with their connection.
 */
class LostSubscriptionTests {

	@AutoClose
	@RegisterExtension
	private final ListenerRig rig = new ListenerRig().with("ORDERS", "orders.>");

	/**
	 * That nothing comes is noticed by the heartbeats that are missing.
	 */
	@Test
	void aPullSubscriptionThatGotLostIsMadeAgain() {
		this.rig.runner(Pull.class, RecordedConnection.class)
			.withAllowBeanDefinitionOverriding(true)
			.withPropertyValues("nats.listener.ack-wait=2s")
			.run((context) -> {
				Queue<String> seen = context.getBean(Pull.class).seen;
				this.rig.publish("orders.pull", "1");
				await().untilAsserted(() -> assertThat(seen).containsExactly("1"));
				context.getBean(RecordedConnection.class).unsubscribeInboxes();
				context.getBean(Connection.class).flush(Duration.ofSeconds(5));
				this.rig.publish("orders.pull", "2");
				await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(seen).containsExactly("1", "2"));
				await().until(() -> isRunning(context));
			});
	}

	@Test
	void coreListenersReceiveEachMessageOnceAfterManyReconnects() {
		this.rig.runner(Core.class).run((context) -> {
			for (int round = 1; round <= 3; round++) {
				restartServer(context);
				publish(context, "restart " + round);
				context.getBean(NatsConnectionManager.class).current().forceReconnect();
				await().until(() -> isRunning(context));
				publish(context, "reconnect " + round);
			}
			List<String> all = List.of("restart 1", "reconnect 1", "restart 2", "reconnect 2", "restart 3",
					"reconnect 3");
			Core listener = context.getBean(Core.class);
			assertThat(listener.plain).containsExactlyElementsOf(all);
			assertThat(listener.grouped).containsExactlyElementsOf(all);
			assertThat(listener.concurrent).containsExactlyElementsOf(all);
		});
	}

	private void restartServer(AssertableApplicationContext context) throws Exception {
		this.rig.server().kill();
		await().until(() -> !isRunning(context));
		this.rig.server().start();
		this.rig.client().close();
		this.rig.connect();
		await().until(() -> isRunning(context));
	}

	/**
	 * When the server has answered, it knows the subscriptions that were sent before.
	 */
	private void publish(AssertableApplicationContext context, String text) throws Exception {
		context.getBean(NatsConnectionManager.class).current().flush(Duration.ofSeconds(5));
		this.rig.client().publish("core.work", text.getBytes());
		await().until(() -> context.getBean(Core.class).haveSeen(text));
	}

	private static boolean isRunning(AssertableApplicationContext context) {
		return context.getBean(NatsListenerEndpointRegistry.class)
			.getListenerContainers()
			.stream()
			.allMatch((container) -> container.getState().status() == Status.RUNNING);
	}

	static class Pull {

		final Queue<String> seen = new ConcurrentLinkedQueue<>();

		@NatsListener(subjects = "orders.pull", stream = "ORDERS", consumer = "pull")
		void handle(String text) {
			this.seen.add(text);
		}

	}

	static class Core {

		final Queue<String> plain = new ConcurrentLinkedQueue<>();

		final Queue<String> grouped = new ConcurrentLinkedQueue<>();

		final Queue<String> concurrent = new ConcurrentLinkedQueue<>();

		boolean haveSeen(String text) {
			return this.plain.contains(text) && this.grouped.contains(text) && this.concurrent.contains(text);
		}

		@NatsListener("core.work")
		void plain(String text) {
			this.plain.add(text);
		}

		@NatsListener(subjects = "core.work", queue = "workers")
		void grouped(String text) {
			this.grouped.add(text);
		}

		@NatsListener(subjects = "core.work", concurrency = "2")
		void concurrent(String text) {
			this.concurrent.add(text);
		}

	}

}
