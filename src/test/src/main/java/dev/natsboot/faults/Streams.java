package dev.natsboot.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.natsboot.faults.processor.Order;
import dev.natsboot.run.RunException;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.ClusterInfo;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.Replica;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.StreamInfo;
import io.nats.client.api.StreamInfoOptions;
import org.jspecify.annotations.Nullable;

import org.springframework.util.CollectionUtils;
import org.springframework.util.StringUtils;

/**
 * The streams of a run, seen over a connection that no proxy disturbs and that comes back
 * as quickly as it can.
 */
final class Streams implements AutoCloseable {

	static final String ORDERS = "ORDERS";

	static final String DEAD_LETTERS = "DEAD";

	static final String CONSUMER = "processors";

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final Duration POLL = Duration.ofMillis(5);

	private final Connection connection;

	private final JetStreamManagement management;

	/**
	 * Answers or fails quickly, for asking again and again.
	 */
	private final JetStreamManagement impatient;

	Streams(String urls) {
		Options options = Options.builder()
			.servers(urls.split(","))
			.maxReconnects(-1)
			.reconnectWait(Duration.ofMillis(10))
			.reconnectJitter(Duration.ofMillis(5))
			.connectionTimeout(Duration.ofMillis(500))
			.errorListener(new SilentErrors())
			.build();
		try {
			this.connection = Nats.connect(options);
			this.management = this.connection.jetStreamManagement(timeout(Duration.ofSeconds(5)));
			this.impatient = this.connection.jetStreamManagement(timeout(Duration.ofMillis(100)));
		}
		catch (IOException ex) {
			throw new RunException("nats-server doesn't answer at " + urls, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new RunException("Interrupted", ex);
		}
	}

	private static JetStreamOptions timeout(Duration timeout) {
		return JetStreamOptions.builder().requestTimeout(timeout).build();
	}

	Connection connection() {
		return this.connection;
	}

	String serverVersion() {
		return this.connection.getServerInfo().getVersion();
	}

	void create(int replicas) {
		for (StreamConfiguration stream : List.of(stream(ORDERS, Order.SUBJECT, replicas),
				stream(DEAD_LETTERS, Order.DEAD_LETTER_SUBJECT, replicas))) {
			answered(() -> this.management.addStream(stream));
		}
	}

	private static StreamConfiguration stream(String name, String subject, int replicas) {
		return StreamConfiguration.builder()
			.name(name)
			.subjects(subject + ">")
			.replicas(replicas)
			.storageType(StorageType.File)
			.discardPolicy(DiscardPolicy.New)
			.duplicateWindow(Duration.ofMinutes(10))
			.build();
	}

	/**
	 * Let streams refuse everything.
	 */
	void fill(String... streams) {
		limit(1, streams);
	}

	/**
	 * Let streams accept messages again.
	 */
	void lift(String... streams) {
		limit(-1, streams);
	}

	private void limit(long bytes, String... streams) {
		for (String stream : streams) {
			StreamConfiguration configuration = info(stream).getConfiguration();
			answered(() -> this.management
				.updateStream(StreamConfiguration.builder(configuration).maxBytes(bytes).build()));
		}
	}

	private StreamInfo info(String stream) {
		return answered(() -> this.management.getStreamInfo(stream));
	}

	ConsumerInfo consumer() {
		return answered(() -> this.management.getConsumerInfo(ORDERS, CONSUMER));
	}

	/**
	 * Count the orders that are stored and not settled.
	 * @return the number of messages
	 */
	long inFlight() {
		ConsumerInfo info = consumer();
		return info.getNumPending() + info.getNumAckPending();
	}

	String consumerLeader() {
		return leader(consumer().getClusterInfo());
	}

	String streamLeader() {
		return leader(info(ORDERS).getClusterInfo());
	}

	private static String leader(@Nullable ClusterInfo cluster) {
		return Optional.ofNullable(cluster).map(ClusterInfo::getLeader).orElse("");
	}

	/**
	 * Return the dead letters.
	 * @return how many dead letters each order has
	 */
	Map<String, Integer> deadLetters() {
		Map<String, Integer> letters = new HashMap<>();
		answered(() -> this.management.getStreamInfo(DEAD_LETTERS, StreamInfoOptions.allSubjects())).getStreamState()
			.getSubjects()
			.forEach((subject) -> letters.put(Order.id(subject.getName()), (int) subject.getCount()));
		return letters;
	}

	/**
	 * Wait until stream and consumer have a server that answers for them.
	 * @return when that was, in milliseconds since 1970
	 */
	long awaitReachable() throws InterruptedException {
		await("stream and consumer", () -> isLed(this.impatient.getConsumerInfo(ORDERS, CONSUMER).getClusterInfo())
				&& isLed(this.impatient.getStreamInfo(ORDERS).getClusterInfo()));
		return System.currentTimeMillis();
	}

	/**
	 * Where there is one server only there is no cluster, or one without replicas.
	 */
	private static boolean isLed(@Nullable ClusterInfo cluster) {
		return cluster == null || CollectionUtils.isEmpty(cluster.getReplicas())
				|| StringUtils.hasLength(cluster.getLeader());
	}

	/**
	 * Wait until every replica has everything.
	 */
	void awaitReplicated() throws InterruptedException {
		await("all replicas",
				() -> isCurrent(this.impatient.getConsumerInfo(ORDERS, CONSUMER).getClusterInfo())
						&& isCurrent(this.impatient.getStreamInfo(ORDERS).getClusterInfo())
						&& isCurrent(this.impatient.getStreamInfo(DEAD_LETTERS).getClusterInfo()));
	}

	private static boolean isCurrent(@Nullable ClusterInfo cluster) {
		return cluster == null || cluster.getReplicas() == null
				|| cluster.getReplicas().stream().allMatch(Replica::isCurrent);
	}

	private static void await(String what, Call<Boolean> condition) throws InterruptedException {
		long start = System.nanoTime();
		Exception last = null;
		while (System.nanoTime() - start < TIMEOUT.toNanos()) {
			try {
				if (condition.call()) {
					return;
				}
			}
			catch (IOException | JetStreamApiException | IllegalStateException ex) {
				last = ex;
			}
			Network.pause(POLL);
		}
		throw new RunException("No answer for " + what + " within " + TIMEOUT, last);
	}

	/**
	 * Ask until there is an answer: leaders change.
	 */
	private static <T> T answered(Call<T> call) {
		RunException failure = new RunException("JetStream doesn't answer");
		for (int attempt = 0; attempt < 5; attempt++) {
			try {
				return call.call();
			}
			catch (IOException | JetStreamApiException ex) {
				failure = new RunException("JetStream doesn't answer: " + ex.getMessage(), ex);
			}
		}
		throw failure;
	}

	@Override
	public void close() {
		try {
			this.connection.close();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * A call of JetStream's API.
	 */
	private interface Call<T> {

		T call() throws IOException, JetStreamApiException;

	}

}
