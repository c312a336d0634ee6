package dev.natsboot.annotation;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.natsboot.autoconfigure.NatsServiceAutoConfiguration;
import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.service.ServiceError;
import dev.natsboot.testsupport.InTime;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Subscription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Applications that are closed by a handler of theirs. Its thread is one that the end of
 * the connection waits for.
 */
class CloseFromHandlerTests {

	private static final Duration SOON = Duration.ofSeconds(5);

	@RegisterExtension
	private static final ListenerRig rig = new ListenerRig();

	@ParameterizedTest
	@ValueSource(strings = { "close.listener", "close.several", "close.requests", "close.requests-several" })
	void theApplicationIsClosedSoonAndItsConnectionToo(String subject) {
		runner(Handlers.class).run((context) -> {
			Handlers handlers = context.getBean(Handlers.class);
			Connection connection = context.getBean(NatsConnectionManager.class).current();
			rig.client().publish(subject, "now".getBytes());
			assertThat(handlers.closing.get(15, TimeUnit.SECONDS)).isLessThan(SOON);
			await().atMost(SOON).until(() -> connection.getStatus() == Connection.Status.CLOSED);
			assertThat(context.getSourceApplicationContext().isActive()).isFalse();
		});
	}

	/**
	 * Where its handler runs on the client's thread.
	 */
	@Test
	void whoAskedTheRequestHandlerIsAnswered() {
		runner(Handlers.class).withPropertyValues("spring.threads.virtual.enabled=false").run((context) -> {
			CompletableFuture<Message> reply = rig.client().request("close.requests", "now".getBytes());
			assertThat(reply.get(5, TimeUnit.SECONDS).getData()).asString().isEqualTo("closed");
		});
	}

	@Test
	void whoAskedTheListenerIsToldThatThereIsNoReply() {
		runner(Handlers.class).run((context) -> {
			Message reply = rig.client().request("close.listener", "now".getBytes()).get(5, TimeUnit.SECONDS);
			assertThat(reply.getHeaders().getFirst(ServiceError.CODE_HEADER)).isEqualTo("500");
		});
	}

	/**
	 * Such as those of the application's own subscriptions, which nobody has stopped.
	 */
	@Test
	void otherHandlersOfTheConnectionFinishWhatHasArrived() {
		runner(Handlers.class).run((context) -> {
			Handlers handlers = context.getBean(Handlers.class);
			Connection connection = context.getBean(NatsConnectionManager.class).current();
			Subscription results = rig.client().subscribe("others.results");
			handlers.handleOthers(connection);
			connection.flush(SOON);
			rig.client().publish("others.work", "1".getBytes());
			rig.client().publish("others.work", "2".getBytes());
			rig.client().publish("close.listener", "now".getBytes());
			await().until(() -> handlers.others.contains("1"));
			assertThat(handlers.closing.get(15, TimeUnit.SECONDS)).isLessThan(SOON);
			assertThat(connection.getStatus()).isEqualTo(Connection.Status.CONNECTED);
			handlers.release.countDown();
			assertThat(results.nextMessage(SOON).getData()).asString().isEqualTo("1 done");
			assertThat(results.nextMessage(SOON).getData()).asString().isEqualTo("2 done");
			await().atMost(SOON).until(() -> connection.getStatus() == Connection.Status.CLOSED);
			results.unsubscribe();
		});
	}

	@Test
	void whatTheHandlerHasPublishedArrives() {
		runner(Handlers.class).run((context) -> {
			Handlers handlers = context.getBean(Handlers.class);
			handlers.publishLast = true;
			Subscription last = rig.client().subscribe("close.last");
			rig.client().flush(SOON);
			rig.client().publish("close.listener", "now".getBytes());
			assertThat(last.nextMessage(SOON).getData()).asString().isEqualTo("last");
			last.unsubscribe();
		});
	}

	private static ApplicationContextRunner runner(Class<?> type) {
		return rig.runner(type)
			.withPropertyValues("nats.listener.shutdown-timeout=5m")
			.withConfiguration(AutoConfigurations.of(NatsServiceAutoConfiguration.class));
	}

	static class Handlers {

		final CompletableFuture<Duration> closing = new CompletableFuture<>();

		final Queue<String> others = new ConcurrentLinkedQueue<>();

		final CountDownLatch release = new CountDownLatch(1);

		volatile boolean publishLast;

		private final ConfigurableApplicationContext context;

		private final NatsConnectionManager connections;

		Handlers(ConfigurableApplicationContext context, NatsConnectionManager connections) {
			this.context = context;
			this.connections = connections;
		}

		@NatsListener(subjects = "close.listener")
		String listener(String text) {
			return close();
		}

		@NatsListener(subjects = "close.several", concurrency = "2")
		String several(String text) {
			return close();
		}

		@NatsRequestHandler("close.requests")
		String requests(String text) {
			return close();
		}

		@NatsRequestHandler(subject = "close.requests-several", concurrency = "2")
		String requestsSeveral(String text) {
			return close();
		}

		void handleOthers(Connection connection) {
			connection.createDispatcher((message) -> {
				String text = new String(message.getData());
				this.others.add(text);
				InTime.await(this.release);
				connection.publish("others.results", (text + " done").getBytes());
			}).subscribe("others.work");
		}

		private String close() {
			long begin = System.nanoTime();
			Connection connection = this.connections.current();
			this.context.close();
			this.closing.complete(Duration.ofNanos(System.nanoTime() - begin));
			if (this.publishLast) {
				connection.publish("close.last", "last".getBytes());
			}
			return "closed";
		}

	}

}
