package dev.natsboot.actuate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.natsboot.connection.ConnectionState;
import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.core.EndpointState;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * {@link HealthIndicator} of one NATS connection and of all that works on it.
 * <p>
 * DOWN when the connection isn't {@link ConnectionState.Status#CONNECTED connected}
 * (never connected so far, reconnecting, being replaced, or stopped), or when a listener,
 * a request handler or the topology {@link EndpointState#isFailing() fails and tries
 * again}. What is stopped or paused on purpose doesn't count as down, nor does a stream
 * or consumer that differs from its declaration where that is tolerated; the details say
 * so.
 * <p>
 * Tells what the library knows already: it asks no server, opens no connection, and
 * answers at once whatever NATS does. A lost server is noticed when its socket closes, or
 * by the client's pings ({@code nats.ping-interval}) when the network swallows
 * everything.
 */
public class NatsHealthIndicator extends AbstractHealthIndicator {

	private final NatsConnectionManager manager;

	private final NatsEndpoints endpoints;

	/**
	 * Create an indicator.
	 * @param manager the connection's owner
	 * @param endpoints what works on the connection
	 */
	public NatsHealthIndicator(NatsConnectionManager manager, NatsEndpoints endpoints) {
		super("NATS health check failed");
		this.manager = manager;
		this.endpoints = endpoints;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		ConnectionState connection = this.manager.state();
		Map<String, Map<String, EndpointState>> groups = this.endpoints.states(this.manager.name());
		boolean failing = groups.values()
			.stream()
			.flatMap((group) -> group.values().stream())
			.anyMatch(EndpointState::isFailing);
		builder.status((connection.status() == ConnectionState.Status.CONNECTED && !failing) ? "UP" : "DOWN");
		builder.withDetail("connection", describe(connection));
		groups.forEach((name, group) -> builder.withDetail(name, describe(group)));
		List<String> differences = this.endpoints.differences(this.manager.name());
		if (!differences.isEmpty()) {
			builder.withDetail("differences", differences);
		}
	}

	private static Map<String, Object> describe(ConnectionState connection) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("status", connection.status());
		details.put("since", connection.since());
		putIfPresent(details, "url", connection.url());
		putIfPresent(details, "serverName", connection.serverName());
		putIfPresent(details, "serverVersion", connection.serverVersion());
		details.put("jetStream", connection.jetStream());
		putFailure(details, connection.lastError(), connection.attempts());
		return details;
	}

	private static Map<String, Object> describe(Map<String, EndpointState> group) {
		Map<String, Object> details = new LinkedHashMap<>();
		group.forEach((id, state) -> details.put(id, describe(state)));
		return details;
	}

	private static Map<String, Object> describe(EndpointState state) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("status", state.status());
		details.put("since", state.since());
		putFailure(details, state.lastError(), state.attempts());
		return details;
	}

	private static void putFailure(Map<String, Object> details, @Nullable String lastError, int attempts) {
		putIfPresent(details, "lastError", lastError);
		if (attempts > 0) {
			details.put("attempts", attempts);
		}
	}

	private static void putIfPresent(Map<String, Object> details, String name, @Nullable Object value) {
		if (value != null) {
			details.put(name, value);
		}
	}

}
