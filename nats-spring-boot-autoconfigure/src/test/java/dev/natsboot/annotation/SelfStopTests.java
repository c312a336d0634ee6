package dev.natsboot.annotation;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.core.EndpointState.Status;
import dev.natsboot.listener.ListenerContainer;
import dev.natsboot.listener.NatsListenerEndpointRegistry;
import dev.natsboot.testsupport.InTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Handlers that stop their own listener while other messages are there.
 */
class SelfStopTests {

	@RegisterExtension
	private static final ListenerRig rig = new ListenerRig().with("ORDERS", "orders.>");

	@Test
	void itsMessageIsAcknowledgedAndTheOthersAreHandledAfterTheNextStart() {
		List.of("stop", "1", "2", "3").forEach((text) -> rig.publish("orders.stored", text));
		rig.runner(Stored.class).withPropertyValues("nats.listener.shutdown-timeout=5m").run((context) -> {
			Stored listener = context.getBean(Stored.class);
			await().until(() -> listener.handled.contains("stop"));
			assertThat(container(context, "stored").getState().status()).isEqualTo(Status.STOPPED);
			await().until(() -> rig.consumer("ORDERS", "stored").getAckFloor().getStreamSequence() == 1);
			assertThat(listener.handled).containsExactly("stop");
			container(context, "stored").start();
			await().until(() -> listener.handled.size() == 4);
			assertThat(listener.handled).containsExactlyInAnyOrder("stop", "1", "2", "3");
		});
	}

	@Test
	void aCoreListenerWithTwoWorkersHandlesWhatHasCome() {
		rig.runner(Core.class).withPropertyValues("nats.listener.shutdown-timeout=5m").run((context) -> {
			Core listener = context.getBean(Core.class);
			List.of("stop", "running", "waiting").forEach((text) -> rig.client().publish("core.work", text.getBytes()));
			await().until(() -> listener.begun.size() == 2);
			rig.client().flush(Duration.ofSeconds(5));
			context.getBean(NatsConnectionManager.class).current().flush(Duration.ofSeconds(5));
			listener.stop.countDown();
			await().during(Duration.ofMillis(300)).until(listener.handled::isEmpty);
			listener.release.countDown();
			await().until(() -> listener.handled.size() == 3);
			assertThat(listener.handled).last().isEqualTo("stop");
			assertThat(container(context, "core").getState().status()).isEqualTo(Status.STOPPED);
		});
	}

	private static ListenerContainer container(AssertableApplicationContext context, String id) {
		return context.getBean(NatsListenerEndpointRegistry.class).getListenerContainer(id);
	}

	static class Stored {

		final Queue<String> handled = new ConcurrentLinkedQueue<>();

		private final ObjectProvider<NatsListenerEndpointRegistry> registry;

		Stored(ObjectProvider<NatsListenerEndpointRegistry> registry) {
			this.registry = registry;
		}

		@NatsListener(id = "stored", subjects = "orders.stored", stream = "ORDERS", consumer = "stored")
		void handle(String text) {
			if (text.equals("stop")) {
				this.registry.getObject().getListenerContainer("stored").stop();
			}
			this.handled.add(text);
		}

	}

	static class Core {

		final Queue<String> begun = new ConcurrentLinkedQueue<>();

		final Queue<String> handled = new ConcurrentLinkedQueue<>();

		final CountDownLatch stop = new CountDownLatch(1);

		final CountDownLatch release = new CountDownLatch(1);

		private final ObjectProvider<NatsListenerEndpointRegistry> registry;

		Core(ObjectProvider<NatsListenerEndpointRegistry> registry) {
			this.registry = registry;
		}

		@NatsListener(id = "core", subjects = "core.work", concurrency = "2")
		void handle(String text) throws InterruptedException {
			this.begun.add(text);
			if (text.equals("stop")) {
				InTime.await(this.stop);
				this.registry.getObject().getListenerContainer("core").stop();
			}
			else {
				InTime.await(this.release);
			}
			this.handled.add(text);
		}

	}

}
