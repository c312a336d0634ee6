package dev.natsboot.annotation;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import dev.natsboot.autoconfigure.NatsServiceAutoConfiguration;
import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.service.NatsServiceRegistry;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.service.Discovery;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Pauses and restarts, and stops and starts, of the whole application context with
 * request handlers.
 */
class HandlerPauseTests {

	@RegisterExtension
	private static final ListenerRig rig = new ListenerRig();

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aRequestHandlerAnswersAfterEachRestartAndNotBefore(boolean pause) {
		runner(Handlers.class).run((context) -> {
			for (int round = 1; round <= 3; round++) {
				assertThat(answer("greet")).isEqualTo("hello");
				end(context.getSourceApplicationContext(), pause);
				assertThat(answer("greet")).isNull();
				begin(context.getSourceApplicationContext(), pause);
			}
			assertThat(answer("greet")).isEqualTo("hello");
			assertThat(context.getBean(Handlers.class).calls).hasValue(4);
			await().untilAsserted(() -> assertThat(new Discovery(rig.client(), 500, 10).ping("greetings")).hasSize(1));
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aRequestHandlerThatDoesNotStartByItselfStaysSoWhenTheContextIsStartedAgain(boolean pause) {
		runner(Handlers.class).run((context) -> {
			assertThat(answer("manual")).isNull();
			context.getBean(NatsServiceRegistry.class).getContainer("manual").start();
			assertThat(answer("manual")).isEqualTo("by hand");
			end(context.getSourceApplicationContext(), pause);
			begin(context.getSourceApplicationContext(), pause);
			assertThat(answer("greet")).isEqualTo("hello");
			assertThat(answer("manual")).isNull();
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void anApplicationWithoutHandlersIsStartedAgainAndStopped(boolean pause) {
		runner().run((context) -> {
			ConfigurableApplicationContext application = context.getSourceApplicationContext();
			end(application, pause);
			begin(application, pause);
			assertThat(context.getBean(NatsConnectionManager.class).current().getStatus())
				.isEqualTo(Connection.Status.CONNECTED);
			inTime(application::close);
		});
	}

	private static ApplicationContextRunner runner(Class<?>... configurations) {
		return rig.runner(configurations)
			.withConfiguration(AutoConfigurations.of(NatsServiceAutoConfiguration.class))
			.withPropertyValues("nats.service.shutdown-timeout=20s", "nats.service.name=greetings");
	}

	private static @Nullable String answer(String subject) throws Exception {
		Message answer = rig.client().request(subject, null, Duration.ofSeconds(5));
		return (answer != null) ? new String(answer.getData()) : null;
	}

	private static void end(ConfigurableApplicationContext context, boolean pause) {
		inTime(pause ? context::pause : context::stop);
	}

	private static void begin(ConfigurableApplicationContext context, boolean paused) {
		inTime(paused ? context::restart : context::start);
	}

	/**
	 * What hangs is given up by the context after ten seconds.
	 */
	private static void inTime(Runnable step) {
		CompletableFuture<Void> done = CompletableFuture.runAsync(step);
		await().atMost(Duration.ofSeconds(8)).until(done::isDone);
		done.join();
	}

	static class Handlers {

		final AtomicInteger calls = new AtomicInteger();

		@NatsRequestHandler(id = "greet", subject = "greet")
		String greet() {
			this.calls.incrementAndGet();
			return "hello";
		}

		@NatsRequestHandler(id = "manual", subject = "manual", autoStartup = "false")
		String manual() {
			return "by hand";
		}

	}

}
