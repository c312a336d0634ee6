package dev.natsboot.faults;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.natsboot.faults.processor.Order;
import dev.natsboot.listener.ConsumerType;
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

	/** Takes the room that the others leave. */
	private static final String BALLAST = "BALLAST";

	private static final int DEAD_LETTERS_SHARE = 8;

	private final StreamApi api;

	Streams(String urls) {
		this.api = new StreamApi(urls);
	}

	Connection connection() {
		return this.api.connection();
	}

	/**
	 * Return what can fill up the whole store.
	 */
	Ballast ballast() {
		return Ballast.filling(this.api, BALLAST);
	}

	String serverVersion() {
		return this.api.connection().getServerInfo().getVersion();
	}

	/**
	 * Whether the replicas of a stream stay the same when it refuses messages. On
	 * nats-server 2.9 and 2.10 they didn't, see docs/faults.md.
	 */
	boolean isSoundWhenFull() {
		return !serverVersion().matches("2\\.(9|10)\\..*");
	}

	/**
	 * Create the streams. A server that is killed may forget how far a consumer was: dead
	 * letters are known again for longer than a run lasts, as the reference advises.
	 * @param replicas how many servers have each of them
	 * @param room the bytes of all orders that are ever published
	 */
	void create(int replicas, long room) {
		add(stream(ORDERS, Order.SUBJECT, replicas).maxBytes(room).duplicateWindow(Duration.ofMinutes(10)));
		add(stream(DEAD_LETTERS, Order.DEAD_LETTER_SUBJECT, replicas).maxBytes(room / DEAD_LETTERS_SHARE)
			.duplicateWindow(Duration.ofDays(1)));
		add(stream(BALLAST, "unused.", 1));
	}

	private void add(StreamConfiguration.Builder stream) {
		this.api.ask((management) -> management.addStream(stream.build()));
	}

	private static StreamConfiguration.Builder stream(String name, String subject, int replicas) {
		return StreamConfiguration.builder()
			.name(name)
			.subjects(subject + ">", Ballast.subject(name))
			.replicas(replicas)
			.storageType(StorageType.File)
			.discardPolicy(DiscardPolicy.New);
	}

	/**
	 * Let a stream refuse what doesn't fit any more.
	 * @param stream the stream
	 * @param room how many bytes still fit
	 */
	void fill(String stream, long room) {
		StreamInfo info = info(stream);
		long free = info.getConfiguration().getMaxBytes() - info.getStreamState().getByteCount();
		Ballast.in(this.api, stream).load(free - room);
	}

	/**
	 * Let a stream accept messages again.
	 */
	void lift(String stream) {
		Ballast.in(this.api, stream).drop();
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

	ConsumerType consumerType() {
		String subject = consumer().getConsumerConfiguration().getDeliverSubject();
		return (subject != null) ? ConsumerType.PUSH : ConsumerType.PULL;
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
			.stream()
			.filter((subject) -> subject.getName().startsWith(Order.DEAD_LETTER_SUBJECT))
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
