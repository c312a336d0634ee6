package dev.natsboot.annotation;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import dev.natsboot.annotation.LostSubscriptionTests.Pull;
import dev.natsboot.annotation.PushListenerTests.Push;
import dev.natsboot.annotation.PushListenerTests.RecordedConnection;
import dev.natsboot.core.NatsExecutor;
import dev.natsboot.listener.FailureAction;
import dev.natsboot.listener.ListenerErrorHandler;
import io.nats.client.Connection;
import io.nats.client.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Listeners notice the loss of their subscriptions also when there was no thread for that
 * in between.
 */
class BusyExecutorTests {

	@RegisterExtension
	private static final ListenerRig rig = new ListenerRig().with("ORDERS", "orders.>");

	@Test
	void aPullSubscriptionIsMadeAgainWhenThereIsAThreadForIt() {
		run(Pull.class, "1h", (context, busy) -> {
			Queue<String> seen = context.getBean(Pull.class).seen;
			rig.publish("orders.pull", "1");
			await().untilAsserted(() -> assertThat(seen).containsExactly("1"));
			busy.rejects = true;
			lose(context);
			await().atMost(Duration.ofSeconds(20)).until(() -> busy.rejections.get() > 0);
			busy.rejects = false;
			rig.publish("orders.pull", "2");
			await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(seen).containsExactly("1", "2"));
		});
	}

	@Test
	void aConsumerIsLookedAfterWhenThereAreThreadsAgain() {
		run(Push.class, "100ms", (context, busy) -> {
			Queue<Integer> seen = context.getBean(Push.class).seen;
			rig.publish("orders.push", "1");
			await().untilAsserted(() -> assertThat(seen).containsExactly(1));
			busy.rejects = true;
			await().until(() -> busy.rejections.get() > 0);
			busy.rejects = false;
			lose(context);
			rig.publish("orders.push", "2");
			await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(seen).containsExactly(1, 2));
		});
	}

	@Test
	void aCoreListenerHandlesMessagesAgainWhenThreadsCanBeStartedAgain() {
		rig.runner(Core.class, Busy.class).run((context) -> {
			Busy busy = context.getBean(Busy.class);
			busy.exhausted = true;
			for (int i = 0; i < 5; i++) {
				rig.client().publish("busy.core", "lost".getBytes());
			}
			Queue<Throwable> failures = context.getBean(Core.class).failures;
			await().untilAsserted(() -> assertThat(failures).hasSize(5).hasOnlyElementsOfType(OutOfMemoryError.class));
			busy.exhausted = false;
			rig.client().publish("busy.core", "1".getBytes());
			await().untilAsserted(() -> assertThat(context.getBean(Core.class).seen).containsExactly("1"));
		});
	}

	@Test
	void aLaterResultIsSettledWhenNoThreadCanBeStartedForIt() {
		rig.runner(Core.class, Busy.class).run((context) -> {
			Core listener = context.getBean(Core.class);
			CompletableFuture<Message> reply = rig.client().request("busy.later", null);
			await().until(() -> listener.result.getNumberOfDependents() > 0);
			context.getBean(Busy.class).exhausted = true;
			listener.result.complete("done");
			assertThat(reply).succeedsWithin(Duration.ofSeconds(5))
				.extracting((message) -> new String(message.getData()))
				.isEqualTo("done");
		});
	}

	private static void run(Class<?> listener, String interval, Steps steps) {
		rig.runner(listener, RecordedConnection.class, Busy.class)
			.withAllowBeanDefinitionOverriding(true)
			.withPropertyValues("nats.listener.ack-wait=2s", "nats.listener.consumer-info-interval=" + interval)
			.run((context) -> steps.run(context, context.getBean(Busy.class)));
	}

	private static void lose(AssertableApplicationContext context) throws Exception {
		RecordedConnection recorded = context.getBean(RecordedConnection.class);
		recorded.unsubscribeInboxes();
		rig.management().getConsumers("ORDERS").forEach((consumer) -> {
			String subject = consumer.getConsumerConfiguration().getDeliverSubject();
			if (subject != null) {
				recorded.dispatchers.forEach((dispatcher) -> dispatcher.unsubscribe(subject));
			}
		});
		context.getBean(Connection.class).flush(Duration.ofSeconds(5));
	}

	private interface Steps {

		void run(AssertableApplicationContext context, Busy busy) throws Exception;

	}

	@Configuration(proxyBeanMethods = false)
	static class Core {

		final Queue<String> seen = new ConcurrentLinkedQueue<>();

		final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

		final CompletableFuture<String> result = new CompletableFuture<>();

		@NatsListener(subjects = "busy.core", concurrency = "2", errorHandler = "failures")
		void handle(String text) {
			this.seen.add(text);
		}

		@NatsListener("busy.later")
		CompletableFuture<String> later(Message message) {
			return this.result;
		}

		@Bean
		ListenerErrorHandler failures() {
			return (failure) -> {
				this.failures.add(failure.cause());
				return FailureAction.discard();
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Busy {

		final AtomicInteger rejections = new AtomicInteger();

		volatile boolean rejects;

		volatile boolean exhausted;

		@Bean
		NatsExecutor natsExecutor() {
			return NatsExecutor.of((task) -> {
				if (this.rejects) {
					this.rejections.incrementAndGet();
					throw new RejectedExecutionException("busy");
				}
				if (this.exhausted) {
					throw new OutOfMemoryError("unable to create native thread (expected by the test)");
				}
				new Thread(task).start();
			});
		}

	}

}
