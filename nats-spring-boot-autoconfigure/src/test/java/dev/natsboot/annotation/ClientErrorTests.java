package dev.natsboot.annotation;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import dev.natsboot.connection.NatsConnectionManager;
import io.nats.client.Connection;
import io.nats.client.Nats;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Listeners go on after an error in the client that is no exception, such as the lack of
 * a thread.
 */
class ClientErrorTests {

	@RegisterExtension
	private static final ListenerRig rig = new ListenerRig().with("ORDERS", "orders.>");

	@Test
	void listenersAttachWhenDispatchersCanBeStartedAgain() {
		rig.runner(Listeners.class, ShortOfThreads.class).withAllowBeanDefinitionOverriding(true).run((context) -> {
			ShortOfThreads connection = context.getBean(ShortOfThreads.class);
			await().atMost(Duration.ofSeconds(20)).until(() -> connection.refusals.get() < 0);
			Listeners listeners = context.getBean(Listeners.class);
			await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
				rig.client().publish("core", "core".getBytes());
				assertThat(listeners.seen).contains("core");
			});
			rig.publish("orders.new", "stream");
			await().untilAsserted(() -> assertThat(listeners.seen).contains("stream"));
		});
	}

	@Test
	void messagesAreKeptAliveAfterATickThatFailed() {
		rig.runner(Listeners.class, ShortOfThreads.class)
			.withAllowBeanDefinitionOverriding(true)
			.withPropertyValues("nats.listener.ack-wait=1s", "test.refusals=0")
			.run((context) -> {
				AtomicInteger failing = context.getBean(ShortOfThreads.class).failingTicks;
				failing.set(1);
				await().atMost(Duration.ofSeconds(20)).until(() -> failing.get() < 0);
			});
	}

	static class Listeners {

		final Queue<String> seen = new ConcurrentLinkedQueue<>();

		@NatsListener("core")
		void core(String text) {
			this.seen.add(text);
		}

		@NatsListener(subjects = "orders.new", stream = "ORDERS", consumer = "new")
		void stream(String text) {
			this.seen.add(text);
		}

	}

	static class ShortOfThreads {

		/** Negative when that many have failed, and one hasn't. */
		final AtomicInteger refusals = new AtomicInteger();

		final AtomicInteger failingTicks = new AtomicInteger();

		@Bean(destroyMethod = "close")
		Connection shortOfThreads(@Value("${test.url}") String url, @Value("${test.refusals:4}") int refused)
				throws Exception {
			this.refusals.set(refused);
			Connection connection = Nats.connect(url);
			return (Connection) Proxy.newProxyInstance(Connection.class.getClassLoader(),
					new Class<?>[] { Connection.class }, (proxy, method, arguments) -> {
						fail(method.getName());
						return method.invoke(connection, arguments);
					});
		}

		private void fail(String method) {
			if (method.equals("createDispatcher")) {
				fail(this.refusals);
			}
			if (method.equals("getStatus") && Thread.currentThread().getName().startsWith("nats-timer-")) {
				fail(this.failingTicks);
			}
		}

		private void fail(AtomicInteger times) {
			if (times.getAndDecrement() > 0) {
				throw new OutOfMemoryError("unable to create native thread (expected by the test)");
			}
		}

		@Bean
		NatsConnectionManager natsConnectionManager(Connection shortOfThreads) {
			return NatsConnectionManager.of(shortOfThreads);
		}

	}

}
