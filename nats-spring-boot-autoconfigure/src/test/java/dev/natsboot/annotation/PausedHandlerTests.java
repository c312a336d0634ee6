package dev.natsboot.annotation;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

import dev.natsboot.core.EndpointState.Status;
import dev.natsboot.listener.Acknowledgment;
import dev.natsboot.listener.ListenerContainer;
import dev.natsboot.listener.NatsListenerEndpointRegistry;
import dev.natsboot.testsupport.InTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Handlers that run on for longer than the ack wait when their listener is paused.
 */
class PausedHandlerTests {

	@RegisterExtension
	private static final ListenerRig rig = new ListenerRig().with("ORDERS", "orders.>");

	@ParameterizedTest
	@ValueSource(strings = { "pull", "push" })
	void oneThatHasPausedItsListenerKeepsItsMessage(String id) {
		runner().run((context) -> {
			Listeners listeners = context.getBean(Listeners.class);
			listeners.pauses = true;
			rig.publish("orders." + id, "1");
			await().until(() -> listeners.paused.contains("1"));
			assertIsKeptUntilItsEnd(context, id);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "pull", "push" })
	void oneThatAPauseHasGivenUpWaitingForKeepsItsMessage(String id) {
		runner().run((context) -> {
			Listeners listeners = context.getBean(Listeners.class);
			rig.publish("orders." + id, "1");
			await().until(() -> listeners.begun.contains("1"));
			container(context, id).pause();
			assertIsKeptUntilItsEnd(context, id);
		});
	}

	/**
	 * Neither another instance nor the resumed listener gets what the handler has.
	 */
	private static void assertIsKeptUntilItsEnd(AssertableApplicationContext context, String id) {
		Listeners listeners = context.getBean(Listeners.class);
		runner().run((other) -> {
			Listeners others = other.getBean(Listeners.class);
			await().during(Duration.ofSeconds(4)).until(others.begun::isEmpty);
			rig.publish("orders." + id, "2");
			await().until(() -> others.begun.contains("2"));
			others.release.countDown();
		});
		assertThat(container(context, id).getState().status()).isEqualTo(Status.PAUSED);
		container(context, id).resume();
		await().during(Duration.ofSeconds(4)).until(() -> listeners.begun.size() == 1);
		listeners.release.countDown();
		await().until(() -> rig.consumer("ORDERS", id).getNumAckPending() == 0);
		rig.publish("orders." + id, "3");
		await().until(() -> listeners.begun.contains("3"));
		assertThat(listeners.begun).containsExactly("1", "3");
	}

	@Test
	void oneThatHasPausedItsListenerKeepsItsMessageWhenTheConsumerIsForgotten() {
		runner().run((context) -> {
			Listeners listeners = context.getBean(Listeners.class);
			listeners.pauses = true;
			rig.publish("orders.ephemeral", "1");
			await().until(() -> listeners.paused.contains("1"));
			forgetEphemeral();
			container(context, "ephemeral").resume();
			await().during(Duration.ofSeconds(4)).until(() -> listeners.begun.size() == 1);
			listeners.release.countDown();
			rig.publish("orders.ephemeral", "2");
			await().until(() -> listeners.begun.contains("2"));
			String successor = ephemeral().get(0);
			await().until(() -> rig.consumer("ORDERS", successor).getNumAckPending() == 0);
			assertThat(listeners.begun).containsExactly("1", "2");
		});
	}

	private static void forgetEphemeral() throws Exception {
		for (String name : ephemeral()) {
			rig.management().deleteConsumer("ORDERS", name);
		}
	}

	private static List<String> ephemeral() throws Exception {
		return rig.management()
			.getConsumerNames("ORDERS")
			.stream()
			.filter((name) -> !List.of("pull", "push", "manual").contains(name))
			.toList();
	}

	@Test
	void whatNobodyHasSettledIsNotKeptOverAPause() {
		runner().run((context) -> {
			Listeners listeners = context.getBean(Listeners.class);
			rig.publish("orders.manual", "1");
			await().until(() -> listeners.begun.contains("1"));
			container(context, "manual").pause();
			container(context, "manual").resume();
			await().until(() -> listeners.begun.size() == 2);
		});
	}

	private static ApplicationContextRunner runner() {
		return rig.runner(Listeners.class)
			.withPropertyValues("nats.listener.shutdown-timeout=200ms", "nats.listener.ack-wait=2s");
	}

	private static ListenerContainer container(AssertableApplicationContext context, String id) {
		return context.getBean(NatsListenerEndpointRegistry.class).getListenerContainer(id);
	}

	static class Listeners {

		final Queue<String> begun = new ConcurrentLinkedQueue<>();

		final Queue<String> paused = new ConcurrentLinkedQueue<>();

		final CountDownLatch release = new CountDownLatch(1);

		volatile boolean pauses;

		private final ObjectProvider<NatsListenerEndpointRegistry> registry;

		Listeners(ObjectProvider<NatsListenerEndpointRegistry> registry) {
			this.registry = registry;
		}

		@NatsListener(id = "pull", subjects = "orders.pull", stream = "ORDERS", consumer = "pull")
		void pull(String text) throws InterruptedException {
			handle("pull", text);
		}

		@NatsListener(id = "push", subjects = "orders.push", stream = "ORDERS", consumer = "push",
				consumerType = "push")
		void push(String text) throws InterruptedException {
			handle("push", text);
		}

		@NatsListener(id = "ephemeral", subjects = "orders.ephemeral", stream = "ORDERS")
		void ephemeral(String text) throws InterruptedException {
			handle("ephemeral", text);
		}

		@NatsListener(id = "manual", subjects = "orders.manual", stream = "ORDERS", consumer = "manual",
				ackMode = "manual")
		void manual(String text, Acknowledgment acknowledgment) {
			this.begun.add(text);
		}

		private void handle(String id, String text) throws InterruptedException {
			this.begun.add(text);
			if (this.pauses) {
				this.pauses = false;
				this.registry.getObject().getListenerContainer(id).pause();
				this.paused.add(text);
			}
			InTime.await(this.release);
		}

	}

}
