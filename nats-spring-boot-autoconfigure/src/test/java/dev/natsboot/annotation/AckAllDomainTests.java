package dev.natsboot.annotation;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

import dev.natsboot.testsupport.FreePorts;
import dev.natsboot.testsupport.NatsServer;
import io.nats.NatsRunnerUtils;
import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.support.ServerVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A listener with one acknowledgement for many messages, connected to a leaf node, whose
 * consumer is in the JetStream domain of the hub.
 */
class AckAllDomainTests {

	private static final JetStreamOptions HUB = JetStreamOptions.builder().domain("hub").build();

	@TempDir
	private Path store;

	@Test
	void whatAKilledProcessHadComesFirstFromAnotherDomain() throws Exception {
		assertThatWhatWasUnansweredComesFirst("$JS.ACK.ORDERS.", "");
	}

	@Test
	void whatAKilledProcessHadComesFirstWhereTheServerPutsTheDomainIntoItsReplySubjects() throws Exception {
		assumeTrue(ServerVersion.isSameOrNewer(version(), "2.14.0"), "a server that knows the long form");
		assertThatWhatWasUnansweredComesFirst("$JS.ACK.hub.", "feature_flags { js_ack_fc_v2: true }");
	}

	private void assertThatWhatWasUnansweredComesFirst(String replySubject, String configuration) throws Exception {
		int port = FreePorts.next();
		String leafNodes = "leafnodes { listen: \"127.0.0.1:%d\" }".formatted(port);
		String remotes = "leafnodes { remotes: [{ url: \"nats-leaf://127.0.0.1:%d\" }] }".formatted(port);
		try (NatsServer hub = new NatsServer(jetStream("hub"), leafNodes, configuration);
				NatsServer leaf = new NatsServer(jetStream("leaf"), remotes, configuration);
				Connection client = Nats.connect(leaf.url())) {
			JetStreamManagement management = client.jetStreamManagement(HUB);
			await().ignoreExceptions().until(() -> "hub".equals(management.getAccountStatistics().getDomain()));
			management.addStream(StreamConfiguration.builder().name("ORDERS").subjects("orders.>").build());
			publish(client, 0, 20);
			leaveUnanswered(client, 12);
			publish(client, 20, 30);
			ListenerRig.runner(leaf.url(), Batches.class)
				.withPropertyValues("nats.jetstream.domain=hub")
				.run((context) -> {
					Batches listener = context.getBean(Batches.class);
					await().untilAsserted(() -> assertThat(listener.numbers())
						.containsExactlyElementsOf(IntStream.range(0, 50).boxed().toList()));
					await().untilAsserted(() -> assertThat(
							management.getConsumerInfo("ORDERS", "batches").getAckFloor().getStreamSequence())
						.isEqualTo(50));
					assertThat(listener.messages)
						.allSatisfy((message) -> assertThat(message.getReplyTo()).startsWith(replySubject));
				});
		}
	}

	private String jetStream(String domain) {
		return "jetstream { store_dir: \"%s\", domain: %s }".formatted(this.store.resolve(domain), domain);
	}

	/**
	 * As a process does that is killed: it has got messages, and says nothing more.
	 */
	private static void leaveUnanswered(Connection client, int count) throws Exception {
		client.jetStreamManagement(HUB)
			.addOrUpdateConsumer("ORDERS",
					ConsumerConfiguration.builder()
						.durable("batches")
						.filterSubject("orders.batches")
						.ackPolicy(AckPolicy.All)
						.ackWait(Duration.ofMinutes(5))
						.build());
		JetStreamSubscription killed = client.jetStream(HUB)
			.subscribe(null, PullSubscribeOptions.bind("ORDERS", "batches"));
		assertThat(killed.fetch(count, Duration.ofSeconds(5))).hasSize(count);
		killed.unsubscribe();
	}

	private static void publish(Connection client, int from, int count) throws Exception {
		for (int i = from; i < from + count; i++) {
			client.jetStream(HUB).publish("orders.batches", Integer.toString(i).getBytes());
		}
	}

	private static String version() {
		String text = NatsRunnerUtils.getNatsServerVersionString();
		return text.substring(text.lastIndexOf('v') + 1).trim();
	}

	@Configuration(proxyBeanMethods = false)
	static class Batches {

		final Queue<Message> messages = new ConcurrentLinkedQueue<>();

		@NatsListener(subjects = "orders.batches", stream = "ORDERS", consumer = "batches", ackMode = "all",
				batchSize = "50", batchLinger = "20ms")
		void handle(List<Message> batch) {
			this.messages.addAll(batch);
		}

		List<Integer> numbers() {
			return this.messages.stream().map((message) -> Integer.valueOf(new String(message.getData()))).toList();
		}

	}

}
