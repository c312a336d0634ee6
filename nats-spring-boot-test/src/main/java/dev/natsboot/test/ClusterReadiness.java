package dev.natsboot.test;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.json.BasicJsonParser;
import org.springframework.boot.json.JsonParser;

/**
 * Waits until the nodes of a cluster have found each other and, with JetStream, have
 * elected a leader that sees all others up to date. It asks the monitoring ports, for
 * which no credentials are needed.
 */
final class ClusterReadiness {

	/** How long ago the leader has heard of a follower at most. */
	private static final long HEARD_NANOS = TimeUnit.SECONDS.toNanos(5);

	private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

	private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);

	private final List<EmbeddedNatsNode> nodes;

	private final HttpClient client = HttpClient.newHttpClient();

	/**
	 * The one that is always there, whatever JSON library the application uses or not.
	 */
	private final JsonParser parser = new BasicJsonParser();

	ClusterReadiness(List<EmbeddedNatsNode> nodes) {
		this.nodes = nodes;
	}

	/**
	 * Wait.
	 * @return whether the cluster came together in time
	 */
	boolean await(Duration timeout) {
		long start = System.nanoTime();
		while (!isReady()) {
			if (System.nanoTime() - start > timeout.toNanos()) {
				return false;
			}
			LockSupport.parkNanos(PAUSE_NANOS);
		}
		return true;
	}

	private boolean isReady() {
		return this.nodes.stream().allMatch(this::hasRoutes) && (!hasJetStream() || hasCompleteLeader());
	}

	private boolean hasRoutes(EmbeddedNatsNode node) {
		return get(node, "/routez").get("num_routes") instanceof Number number
				&& number.intValue() >= this.nodes.size() - 1;
	}

	private boolean hasJetStream() {
		return get(this.nodes.get(0), "/varz").get("jetstream") instanceof Map<?, ?> jetStream
				&& jetStream.containsKey("config");
	}

	private boolean hasCompleteLeader() {
		List<Map<?, ?>> states = this.nodes.stream().<Map<?, ?>>map(this::metaCluster).toList();
		boolean agreed = states.stream().map((state) -> state.get("leader")).distinct().count() == 1;
		return agreed && states.stream().anyMatch(this::isComplete);
	}

	private Map<?, ?> metaCluster(EmbeddedNatsNode node) {
		return (get(node, "/jsz").get("meta_cluster") instanceof Map<?, ?> state) ? state : Map.of();
	}

	private boolean isComplete(Map<?, ?> state) {
		return state.get("replicas") instanceof List<?> replicas && replicas.size() == this.nodes.size() - 1
				&& replicas.stream().allMatch(this::isCurrent);
	}

	/**
	 * A follower to which nothing happens isn't always called current, although the
	 * leader hears of it and it lacks nothing.
	 */
	private boolean isCurrent(@Nullable Object replica) {
		return replica instanceof Map<?, ?> state && !isTrue(state.get("offline"))
				&& (isTrue(state.get("current")) || (nanos(state.get("active")) < HEARD_NANOS && !hasLag(state)));
	}

	private static boolean hasLag(Map<?, ?> replica) {
		return replica.get("lag") instanceof Number lag && lag.longValue() > 0;
	}

	private static long nanos(@Nullable Object value) {
		return (value instanceof Number number) ? number.longValue() : Long.MAX_VALUE;
	}

	/**
	 * Read a boolean, which the parser leaves as text.
	 * @param value the value, {@code null} if there is none
	 * @return whether it is true
	 */
	private static boolean isTrue(@Nullable Object value) {
		return "true".equals(String.valueOf(value));
	}

	private Map<String, Object> get(EmbeddedNatsNode node, String path) {
		URI uri = URI.create("http://127.0.0.1:" + node.getMonitoringPort() + path);
		try {
			HttpResponse<String> response = this.client.send(
					HttpRequest.newBuilder(uri).timeout(ANSWER_TIMEOUT).build(), HttpResponse.BodyHandlers.ofString());
			return this.parser.parseMap(response.body());
		}
		catch (IOException ex) {
			return Map.of();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new EmbeddedNatsStartException("Interrupted", ex);
		}
	}

}
