package dev.natsboot.annotation;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.core.EndpointState.Status;
import dev.natsboot.core.JetStreamTemplate;
import dev.natsboot.core.NatsPublishException;
import dev.natsboot.listener.ListenerContainer;
import dev.natsboot.listener.NatsListenerEndpointRegistry;
import dev.natsboot.testsupport.InTime;
import dev.natsboot.testsupport.NatsCluster;
import dev.natsboot.testsupport.NatsServer;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.impl.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A cluster of three nodes whose stream has a replica on each: any node may die.
 */
class ClusterListenerTests {

	private NatsCluster cluster;

	@BeforeEach
	void start() throws Exception {
		this.cluster = NatsServer.cluster(3);
		try (Connection connection = connect()) {
			connection.jetStreamManagement()
				.addStream(StreamConfiguration.builder()
					.name("ORDERS")
					.subjects("orders.>")
					.storageType(StorageType.File)
					.replicas(3)
					.build());
		}
	}

	@AfterEach
	void stop() {
		this.cluster.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "pull", "push", "ordered" })
	void publishingAndConsumingGoOnWhenTheConnectedNodeIsKilled(String type) {
		runner(type).run((context) -> {
			running(context);
			Publisher publisher = new Publisher(context.getBean(JetStreamTemplate.class));
			Thread publishing = new Thread(publisher, "publisher");
			publishing.start();
			await().atMost(Duration.ofSeconds(60)).until(() -> publisher.published.get() > 200);
			NatsConnectionManager manager = context.getBean(NatsConnectionManager.class);
			this.cluster.serverOn(port(manager.current())).kill();
			int before = publisher.published.get();
			await().atMost(Duration.ofSeconds(60)).until(() -> publisher.published.get() > before + 500);
			publisher.stopped.set(true);
			InTime.join(publishing);
			verify(context, type, publisher.published.get());
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "pull", "push", "ordered" })
	void consumingGoesOnWhenTheLeaderOfTheConsumerIsKilled(String type) {
		runner(type).run((context) -> {
			running(context);
			Publisher publisher = new Publisher(context.getBean(JetStreamTemplate.class));
			Thread publishing = new Thread(publisher, "publisher");
			publishing.start();
			await().atMost(Duration.ofSeconds(60)).until(() -> publisher.published.get() > 200);
			leader().kill();
			int before = publisher.published.get();
			await().atMost(Duration.ofSeconds(60)).until(() -> publisher.published.get() > before + 500);
			publisher.stopped.set(true);
			InTime.join(publishing);
			verify(context, type, publisher.published.get());
		});
	}

	@Test
	void anElectionEndsTheLongDelaysOfAnOutage() {
		runner("pull").run((context) -> {
			running(context);
			ListenerContainer container = context.getBean(NatsListenerEndpointRegistry.class)
				.getListenerContainer("cluster");
			NatsConnectionManager manager = context.getBean(NatsConnectionManager.class);
			int own = port(manager.current());
			this.cluster.servers().stream().filter((server) -> server.port() != own).forEach(NatsServer::kill);
			await().atMost(Duration.ofSeconds(60)).until(() -> container.getState().attempts() > 3);
			manager.current().publish("$JS.EVENT.ADVISORY.CONSUMER.LEADER_ELECTED.ORDERS.cluster", null);
			await().pollDelay(Duration.ZERO)
				.pollInterval(Duration.ofMillis(5))
				.until(() -> container.getState().attempts() <= 1);
		});
	}

	private static void verify(AssertableApplicationContext context, String type, int published) {
		Queue<Integer> seen = context.getBean(Handler.class).seen;
		List<Integer> all = IntStream.range(0, published).boxed().toList();
		await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(seen).containsAll(all));
		if (type.equals("ordered")) {
			assertThat(seen).containsExactlyElementsOf(all);
		}
	}

	private static void running(AssertableApplicationContext context) {
		ListenerContainer container = context.getBean(NatsListenerEndpointRegistry.class)
			.getListenerContainer("cluster");
		await().atMost(Duration.ofSeconds(60))
			.untilAsserted(() -> assertThat(container.getState().status()).isEqualTo(Status.RUNNING));
	}

	private NatsServer leader() throws IOException, InterruptedException, JetStreamApiException {
		try (Connection connection = connect()) {
			String consumer = connection.jetStreamManagement().getConsumerNames("ORDERS").get(0);
			String leader = connection.jetStreamManagement()
				.getConsumerInfo("ORDERS", consumer)
				.getClusterInfo()
				.getLeader();
			return this.cluster.server(Integer.parseInt(leader.substring("node-".length())));
		}
	}

	private static int port(Connection connection) {
		return connection.getServerInfo().getPort();
	}

	private Connection connect() throws IOException, InterruptedException {
		return Nats.connect(Options.builder().servers(this.cluster.urls().split(",")).build());
	}

	private ApplicationContextRunner runner(String type) {
		return ListenerRig.runner(this.cluster.urls(), Handler.class)
			.withPropertyValues("type=" + type, "consumer=" + (type.equals("ordered") ? "" : "cluster"));
	}

	/**
	 * Publishes numbers, each until it is stored, and stored once.
	 */
	private static final class Publisher implements Runnable {

		private final JetStreamTemplate template;

		private final AtomicInteger published = new AtomicInteger();

		private final AtomicBoolean stopped = new AtomicBoolean();

		private Publisher(JetStreamTemplate template) {
			this.template = template;
		}

		@Override
		public void run() {
			while (!this.stopped.get()) {
				publish(this.published.get());
				this.published.incrementAndGet();
			}
		}

		private void publish(int number) {
			Headers headers = new Headers().add("Nats-Msg-Id", "n-" + number);
			await().atMost(Duration.ofSeconds(60))
				.pollDelay(Duration.ZERO)
				.ignoreException(NatsPublishException.class)
				.until(() -> this.template.publish("orders.cluster", Integer.toString(number), headers) != null);
		}

	}

	static class Handler {

		final Queue<Integer> seen = new ConcurrentLinkedQueue<>();

		@NatsListener(id = "cluster", subjects = "orders.cluster", stream = "ORDERS", consumer = "${consumer}",
				consumerType = "${type}")
		void handle(int number) {
			this.seen.add(number);
		}

	}

}
