package dev.natsboot.faults;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.natsboot.faults.processor.Order;
import io.nats.client.Connection;
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
 * The streams of a run.
 */
final class Streams implements AutoCloseable {

	static final String ORDERS = "ORDERS";

	static final String DEAD_LETTERS = "DEAD";

	static final String CONSUMER = "processors";

	private final StreamApi api;

	private final Ballast ballast;

	Streams(String urls) {
		this.api = new StreamApi(urls);
		this.ballast = new Ballast(this.api);
	}

	Connection connection() {
		return this.api.connection();
	}

	/**
	 * Return what can fill up the whole store.
	 */
	Ballast ballast() {
		return this.ballast;
	}

	String serverVersion() {
		return this.api.connection().getServerInfo().getVersion();
	}

	void create(int replicas) {
		for (StreamConfiguration stream : List.of(stream(ORDERS, Order.SUBJECT, replicas),
				stream(DEAD_LETTERS, Order.DEAD_LETTER_SUBJECT, replicas))) {
			this.api.ask((management) -> management.addStream(stream));
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
	 * Let a stream refuse what doesn't fit any more.
	 * @param stream the stream
	 * @param room how many bytes still fit; without room for what arrives meanwhile
	 * nats-server 2.9 would delete as much
	 */
	void fill(String stream, long room) {
		StreamInfo info = info(stream);
		limit(info, Math.max(1, info.getStreamState().getByteCount() + room));
	}

	/**
	 * Let a stream accept messages again.
	 */
	void lift(String stream) {
		limit(info(stream), -1);
	}

	private void limit(StreamInfo stream, long bytes) {
		StreamConfiguration limited = StreamConfiguration.builder(stream.getConfiguration()).maxBytes(bytes).build();
		this.api.ask((management) -> management.updateStream(limited));
	}

	private StreamInfo info(String stream) {
		return this.api.ask((management) -> management.getStreamInfo(stream));
	}

	/**
	 * Count the bytes of the orders and of the dead letters.
	 */
	long bytes() {
		return info(ORDERS).getStreamState().getByteCount() + info(DEAD_LETTERS).getStreamState().getByteCount();
	}

	ConsumerInfo consumer() {
		return this.api.ask((management) -> management.getConsumerInfo(ORDERS, CONSUMER));
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
		this.api.ask((management) -> management.getStreamInfo(DEAD_LETTERS, StreamInfoOptions.allSubjects()))
			.getStreamState()
			.getSubjects()
			.forEach((subject) -> letters.put(Order.id(subject.getName()), (int) subject.getCount()));
		return letters;
	}

	/**
	 * Wait until stream and consumer have a server that answers for them.
	 * @return when that was, in milliseconds since 1970
	 */
	long awaitReachable() throws InterruptedException {
		this.api.await("stream and consumer",
				(management) -> isLed(management.getConsumerInfo(ORDERS, CONSUMER).getClusterInfo())
						&& isLed(management.getStreamInfo(ORDERS).getClusterInfo()));
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
		this.api.await("all replicas",
				(management) -> isCurrent(management.getConsumerInfo(ORDERS, CONSUMER).getClusterInfo())
						&& isCurrent(management.getStreamInfo(ORDERS).getClusterInfo())
						&& isCurrent(management.getStreamInfo(DEAD_LETTERS).getClusterInfo()));
	}

	private static boolean isCurrent(@Nullable ClusterInfo cluster) {
		return cluster == null || cluster.getReplicas() == null
				|| cluster.getReplicas().stream().allMatch(Streams::isCurrent);
	}

	/**
	 * A replica of a stream in which nothing happens may not be called current for long.
	 */
	private static boolean isCurrent(Replica replica) {
		return replica.isCurrent() || (!replica.isOffline() && replica.getLag() == 0);
	}

	@Override
	public void close() {
		this.api.close();
	}

}
