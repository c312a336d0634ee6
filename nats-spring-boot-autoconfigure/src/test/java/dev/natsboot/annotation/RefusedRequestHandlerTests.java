package dev.natsboot.annotation;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import dev.natsboot.autoconfigure.NatsServiceAutoConfiguration;
import dev.natsboot.connection.ConnectionLifecycleListener;
import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.connection.NatsServerErrorEvent;
import dev.natsboot.core.EndpointState;
import dev.natsboot.core.EndpointState.Status;
import dev.natsboot.service.NatsServiceRegistry;
import dev.natsboot.testsupport.NatsServer;
import io.nats.client.Connection;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Request handlers whose subscriptions the server refuses.
 */
class RefusedRequestHandlerTests {

	private static final String USER = "authorization { users: [ { user: a, password: b%s } ] }";

	private static final String STRICT = USER.formatted(", permissions: { subscribe: { deny: \"secret.>\" } }");

	private static final String LENIENT = USER.formatted("");

	private final News news = new News();

	@AutoClose
	private NatsServer server = new NatsServer(STRICT);

	@Test
	void saysThatItsSubscriptionWasRefusedAlsoAfterAReconnect() {
		runner().run((context) -> {
			awaitRefusal(context);
			follow(context);
			this.server.kill();
			await().until(() -> this.news.lost.size() == 1);
			this.server.start();
			await().until(() -> this.news.back.size() == 1);
			awaitRefusal(context);
		});
	}

	@Test
	void runsWhenAReconnectLetsItIn() {
		runner().run((context) -> {
			awaitRefusal(context);
			this.server.close();
			this.server = new NatsServer(this.server.port(), LENIENT);
			await().until(() -> state(context).status() == Status.RUNNING);
		});
	}

	@Test
	void staysRefusedWhenTheRefusalIsHereBeforeTheNewsOfTheReconnect() {
		runner().run((context) -> {
			awaitRefusal(context);
			Queue<NatsServerErrorEvent> refusals = context.getBean(Handlers.class).refusals;
			await().until(() -> refusals.size() == 1);
			follow(context);
			this.server.close();
			await().until(() -> this.news.lost.size() == 1);
			context.getBean(NatsServiceRegistry.class).onApplicationEvent(refusals.element());
			this.server = new NatsServer(this.server.port(), LENIENT);
			await().until(() -> this.news.back.size() == 1);
			assertThat(state(context).status()).isEqualTo(Status.RECOVERING);
			awaitRefusal(context);
		});
	}

	@Test
	void isRefusedAgainWhenItIsStartedAgain() {
		runner().run((context) -> {
			awaitRefusal(context);
			NatsServiceRegistry registry = context.getBean(NatsServiceRegistry.class);
			registry.getContainer("secret").stop();
			assertThat(state(context).status()).isEqualTo(Status.STOPPED);
			registry.getContainer("secret").start();
			awaitRefusal(context);
		});
	}

	private static void awaitRefusal(AssertableApplicationContext context) {
		await().untilAsserted(() -> {
			assertThat(state(context).status()).isEqualTo(Status.RECOVERING);
			assertThat(state(context).lastError()).contains("Permissions Violation for Subscription to \"secret.x\"");
		});
	}

	private static EndpointState state(AssertableApplicationContext context) {
		return context.getBean(NatsServiceRegistry.class).getContainer("secret").getState();
	}

	/**
	 * It comes last, so all others know already what it is told.
	 */
	private void follow(AssertableApplicationContext context) {
		context.getBean(NatsConnectionManager.class).addListener(this.news);
	}

	private ApplicationContextRunner runner() {
		return ListenerRig.runner(this.server.url().replace("//", "//a:b@"), Handlers.class)
			.withConfiguration(AutoConfigurations.of(NatsServiceAutoConfiguration.class));
	}

	static class Handlers {

		final Queue<NatsServerErrorEvent> refusals = new ConcurrentLinkedQueue<>();

		@EventListener
		void refused(NatsServerErrorEvent event) {
			this.refusals.add(event);
		}

		@NatsRequestHandler(id = "secret", subject = "secret.x")
		String secret(String text) {
			return text;
		}

	}

	private static final class News implements ConnectionLifecycleListener {

		private final Queue<Connection> lost = new ConcurrentLinkedQueue<>();

		private final Queue<Connection> back = new ConcurrentLinkedQueue<>();

		@Override
		public void onDisconnected(Connection connection) {
			this.lost.add(connection);
		}

		@Override
		public void onResubscribed(Connection connection) {
			this.back.add(connection);
		}

	}

}
