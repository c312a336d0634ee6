package dev.natsboot.annotation;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import dev.natsboot.annotation.LostSubscriptionTests.Pull;
import dev.natsboot.annotation.PushListenerTests.Push;
import dev.natsboot.annotation.PushListenerTests.RecordedConnection;
import dev.natsboot.core.NatsExecutor;
import dev.natsboot.listener.FailureAction;
import dev.natsboot.listener.ListenerContainer;
import dev.natsboot.listener.ListenerErrorHandler;
import dev.natsboot.listener.NatsListenerEndpointRegistry;
import io.nats.client.Connection;
import io.nats.client.Message;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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

	private static final Runnable NOTHING = () -> {
	};

	private static final Runnable FULL = () -> {
		throw new RejectedExecutionException("busy");
	};

	private static final Runnable NO_NATIVE_THREAD = () -> {
		throw new OutOfMemoryError("unable to create native thread (expected by the test)");
	};

	@RegisterExtension
	private static final ListenerRig rig = new ListenerRig().with("ORDERS", "orders.>");

	static Stream<Named<Runnable>> lacks() {
		return Stream.of(Named.of("full executor", FULL), Named.of("no native thread", NO_NATIVE_THREAD));
	}

	@ParameterizedTest
	@MethodSource("lacks")
	void aPullSubscriptionIsMadeAgainWhenThereIsAThreadForIt(Runnable lack) {
		run(Pull.class, "1h", (context, busy) -> {
			Queue<String> seen = context.getBean(Pull.class).seen;
			rig.publish("orders.pull", "1");
			await().untilAsserted(() -> assertThat(seen).containsExactly("1"));
			busy.lack = lack;
			lose(context);
			await().atMost(Duration.ofSeconds(20)).until(() -> busy.lacks.get() > 0);
			busy.lack = NOTHING;
			rig.publish("orders.pull", "2");
			await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(seen).containsExactly("1", "2"));
		});
	}

	@ParameterizedTest
	@MethodSource("lacks")
	void aListenerAttachesWhenThereIsAThreadForItsNextAttempt(Runnable lack) {
		run(Pull.class, "1h", (context, busy) -> {
			rig.deleteStream("ORDERS");
			ListenerContainer container = context.getBean(NatsListenerEndpointRegistry.class)
				.getListenerContainers()
				.iterator()
				.next();
			await().atMost(Duration.ofSeconds(20)).until(() -> container.getState().attempts() > 0);
			busy.lack = lack;
			await().atMost(Duration.ofSeconds(20)).until(() -> busy.lacks.get() > 0);
			busy.lack = NOTHING;
			rig.stream("ORDERS", "orders.>");
			rig.publish("orders.pull", "1");
			Queue<String> seen = context.getBean(Pull.class).seen;
			await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(seen).containsExactly("1"));
		});
	}

	@ParameterizedTest
	@MethodSource("lacks")
	void aConsumerIsLookedAfterWhenThereAreThreadsAgain(Runnable lack) {
		run(Push.class, "100ms", (context, busy) -> {
			Queue<Integer> seen = context.getBean(Push.class).seen;
			rig.publish("orders.push", "1");
			await().untilAsserted(() -> assertThat(seen).containsExactly(1));
			busy.lack = lack;
			await().until(() -> busy.lacks.get() > 0);
			busy.lack = NOTHING;
			lose(context);
			rig.publish("orders.push", "2");
			await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(seen).containsExactly(1, 2));
		});
	}

	@Test
	void aCoreListenerHandlesMessagesAgainWhenThreadsCanBeStartedAgain() {
		rig.runner(Core.class, Busy.class).run((context) -> {
			Busy busy = context.getBean(Busy.class);
			busy.lack = NO_NATIVE_THREAD;
			for (int i = 0; i < 5; i++) {
				rig.client().publish("busy.core", "lost".getBytes());
			}
			Queue<Throwable> failures = context.getBean(Core.class).failures;
			await().untilAsserted(() -> assertThat(failures).hasSize(5).hasOnlyElementsOfType(OutOfMemoryError.class));
			busy.lack = NOTHING;
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
			context.getBean(Busy.class).lack = NO_NATIVE_THREAD;
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

		final AtomicInteger lacks = new AtomicInteger();

		volatile Runnable lack = NOTHING;

		@Bean
		NatsExecutor natsExecutor() {
			return NatsExecutor.of((task) -> {
				try {
					this.lack.run();
				}
				catch (RuntimeException | Error ex) {
					this.lacks.incrementAndGet();
					throw ex;
				}
				new Thread(task).start();
			});
		}

	}

}
