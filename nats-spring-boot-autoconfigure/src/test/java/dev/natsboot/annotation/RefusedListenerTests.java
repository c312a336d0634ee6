package dev.natsboot.annotation;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import dev.natsboot.connection.NatsServerErrorEvent;
import dev.natsboot.core.EndpointState;
import dev.natsboot.core.EndpointState.Status;
import dev.natsboot.listener.ListenerContainer;
import dev.natsboot.listener.NatsListenerEndpointRegistry;
import dev.natsboot.testsupport.NatsServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Core listeners whose subscriptions the server refuses. They are named so that the one
 * that is let in learns everything last.
 */
class RefusedListenerTests {

	private static final String USER = "authorization { users: [ { user: a, password: b%s } ] }";

	private static final String STRICT = USER.formatted(", permissions: { subscribe: { deny: \"secret.>\" } }");

	private static final String LENIENT = USER.formatted("");

	@AutoClose
	private NatsServer server = new NatsServer(STRICT);

	@Test
	void saysThatItsSubscriptionWasRefused() {
		runner().run((context) -> {
			awaitRefusal(context, "1-plain", "Permissions Violation for Subscription to \"secret.x\"");
			assertThat(state(context, "1-plain").lastError()).doesNotContain("queue");
			awaitRefusal(context, "2-grouped",
					"Permissions Violation for Subscription to \"secret.x\" using queue \"workers\"");
			awaitRefusal(context, "3-several", "Permissions Violation for Subscription to \"secret.z\"");
			assertThat(state(context, "4-open").status()).isEqualTo(Status.RUNNING);
		});
	}

	@Test
	void saysSoAlsoOfTheSubscriptionOfAReconnect() {
		runner().run((context) -> {
			awaitRefusals(context);
			this.server.kill();
			await().until(() -> state(context, "4-open").status() == Status.RECOVERING);
			this.server.start();
			await().until(() -> state(context, "4-open").status() == Status.RUNNING);
			awaitRefusals(context);
		});
	}

	@Test
	void runsWhenAReconnectLetsItIn() {
		runner().run((context) -> {
			awaitRefusals(context);
			this.server.close();
			this.server = new NatsServer(this.server.port(), LENIENT);
			await().untilAsserted(() -> assertThat(registry(context).getListenerContainers())
				.allMatch((container) -> container.getState().status() == Status.RUNNING));
		});
	}

	@Test
	void staysRefusedWhenTheRefusalIsHereBeforeTheNewsOfTheReconnect() {
		runner().run((context) -> {
			awaitRefusals(context);
			await().until(() -> context.getBean(Listeners.class).refusals.size() == 3);
			this.server.close();
			await().until(() -> state(context, "4-open").status() == Status.RECOVERING);
			context.getBean(Listeners.class).refusals.forEach(registry(context)::onApplicationEvent);
			this.server = new NatsServer(this.server.port(), LENIENT);
			await().until(() -> state(context, "4-open").status() == Status.RUNNING);
			awaitRefusals(context);
		});
	}

	@Test
	void isRefusedAgainWhenItIsResumedOrStartedAgain() {
		runner().run((context) -> {
			awaitRefusals(context);
			ListenerContainer plain = registry(context).getListenerContainer("1-plain");
			plain.pause();
			assertThat(plain.getState().lastError()).isNull();
			plain.resume();
			awaitRefusals(context);
			plain.stop();
			assertThat(plain.getState().status()).isEqualTo(Status.STOPPED);
			plain.start();
			awaitRefusals(context);
		});
	}

	private static void awaitRefusals(AssertableApplicationContext context) {
		awaitRefusal(context, "1-plain", "\"secret.x\"");
		awaitRefusal(context, "2-grouped", "\"secret.x\"");
		awaitRefusal(context, "3-several", "\"secret.z\"");
	}

	private static void awaitRefusal(AssertableApplicationContext context, String id, String text) {
		await().untilAsserted(() -> {
			assertThat(state(context, id).status()).isEqualTo(Status.RECOVERING);
			assertThat(state(context, id).lastError()).contains(text);
		});
	}

	private static EndpointState state(AssertableApplicationContext context, String id) {
		return registry(context).getListenerContainer(id).getState();
	}

	private static NatsListenerEndpointRegistry registry(AssertableApplicationContext context) {
		return context.getBean(NatsListenerEndpointRegistry.class);
	}

	private ApplicationContextRunner runner() {
		return ListenerRig.runner(this.server.url().replace("//", "//a:b@"), Listeners.class);
	}

	static class Listeners {

		final Queue<NatsServerErrorEvent> refusals = new ConcurrentLinkedQueue<>();

		@EventListener
		void refused(NatsServerErrorEvent event) {
			this.refusals.add(event);
		}

		@NatsListener(id = "1-plain", subjects = "secret.x")
		void plain(String text) {
		}

		@NatsListener(id = "2-grouped", subjects = "secret.x", queue = "workers")
		void grouped(String text) {
		}

		@NatsListener(id = "3-several", subjects = { "open.y", "secret.z" })
		void several(String text) {
		}

		@NatsListener(id = "4-open", subjects = { "workers", "secret", "x" })
		void open(String text) {
		}

	}

}
