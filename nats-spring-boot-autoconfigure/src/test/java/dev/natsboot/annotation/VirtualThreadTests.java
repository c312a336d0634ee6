package dev.natsboot.annotation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.natsboot.autoconfigure.NatsServiceAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The threads on which handlers run, before and after a stop of the application.
 */
class VirtualThreadTests {

	@RegisterExtension
	private static final ListenerRig rig = new ListenerRig().with("ORDERS", "orders.>");

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void everyHandlerRunsOnAVirtualThreadWhereTheyAreEnabled() {
		runner("true").run((context) -> {
			Handlers handlers = context.getBean(Handlers.class);
			assertThat(handle(handlers)).hasSize(4).allSatisfy(VirtualThreadTests::isVirtual);
			context.stop();
			context.start();
			assertThat(handle(handlers)).hasSize(4).allSatisfy(VirtualThreadTests::isVirtual);
		});
	}

	@Test
	void everyHandlerRunsOnAThreadOfThePlatformOtherwise() {
		runner("false").run((context) -> {
			Handlers handlers = context.getBean(Handlers.class);
			assertThat(handle(handlers)).hasSize(4).allSatisfy(VirtualThreadTests::isOfThePlatform);
			context.stop();
			context.start();
			assertThat(handle(handlers)).hasSize(4).allSatisfy(VirtualThreadTests::isOfThePlatform);
		});
	}

	private static ApplicationContextRunner runner(String virtual) {
		return rig.runner(Handlers.class)
			.withConfiguration(AutoConfigurations.of(NatsServiceAutoConfiguration.class))
			.withPropertyValues("spring.threads.virtual.enabled=" + virtual);
	}

	/**
	 * Let each handler run once, and tell on which threads they did.
	 */
	private static Map<String, String> handle(Handlers handlers) throws Exception {
		handlers.threads.clear();
		rig.publish("orders.pulled", "x");
		rig.publish("orders.batch", "x");
		rig.client().publish("core.work", "x".getBytes());
		rig.client().request("requested", "x".getBytes(), Duration.ofSeconds(5));
		await()
			.untilAsserted(() -> assertThat(handlers.threads).containsOnlyKeys("pulled", "batch", "core", "requested"));
		return handlers.threads;
	}

	private static void isVirtual(String handler, String thread) {
		assertThat(thread).as(handler).startsWith("VirtualThread");
	}

	private static void isOfThePlatform(String handler, String thread) {
		assertThat(thread).as(handler).startsWith("Thread");
	}

	static class Handlers {

		final Map<String, String> threads = new ConcurrentHashMap<>();

		@NatsListener(subjects = "orders.pulled", stream = "ORDERS", consumer = "pulled")
		void pull(String text) {
			handle("pulled");
		}

		@NatsListener(subjects = "orders.batch", stream = "ORDERS", consumer = "batch")
		void batch(List<String> texts) {
			handle("batch");
		}

		@NatsListener(subjects = "core.work", concurrency = "2")
		void core(String text) {
			handle("core");
		}

		@NatsRequestHandler("requested")
		String answer(String text) {
			handle("requested");
			return text;
		}

		private void handle(String handler) {
			this.threads.put(handler, Thread.currentThread().toString());
		}

	}

}
