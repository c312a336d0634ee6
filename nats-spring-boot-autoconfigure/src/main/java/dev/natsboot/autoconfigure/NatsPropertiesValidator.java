package dev.natsboot.autoconfigure;

import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import dev.natsboot.connection.NatsUrls;
import io.nats.client.support.NatsUri;
import org.jspecify.annotations.Nullable;

/**
 * Refuses values that the client would accept and then fail with later, or silently.
 */
final class NatsPropertiesValidator {

	private static final Set<String> SCHEMES = Set.of("nats", "tls", "opentls", "ws", "wss");

	private NatsPropertiesValidator() {
	}

	static void validate(NatsProperties properties, NatsConnectionDetails details) {
		validateServers(details.getServers());
		requirePositive("nats.connection-timeout", properties.getConnectionTimeout(), "2s");
		requirePositive("nats.ping-interval", properties.getPingInterval(), "20s");
		requirePositive("nats.reconnect-jitter", properties.getReconnectJitter(), "100ms");
		requirePositive("nats.reconnect-jitter-tls", properties.getReconnectJitterTls(), "1s");
		requirePositive("nats.request-cleanup-interval", properties.getRequestCleanupInterval(), "200ms");
		requireNotNegative("nats.drain-timeout", properties.getDrainTimeout(), "10s");
		requireNotNegative("nats.reconnect-wait", properties.getReconnectWait(), "250ms");
		requireNotNegative("nats.read-timeout", properties.getReadTimeout(), "60s");
		validateReadTimeout(properties);
		validateNumbers(properties);
		validateTls(properties, details);
		new NatsAuthentication(details).validate();
	}

	private static void validateServers(List<String> servers) {
		if (servers.isEmpty()) {
			throw new InvalidNatsPropertyException("nats.servers", "", "at least one server is needed",
					"nats.servers=nats://localhost:4222");
		}
		for (int i = 0; i < servers.size(); i++) {
			if (!isAddress(servers.get(i))) {
				throw new InvalidNatsPropertyException("nats.servers", NatsUrls.describeInvalid(servers, i),
						"it is not the address of a server (schemes nats, tls, opentls, ws and wss; special "
								+ "characters in a user or password must be percent-encoded, %2F for / and %2C for a "
								+ "comma)",
						"nats.servers=nats://one.example.org:4222,nats://two.example.org:4222");
			}
		}
	}

	private static boolean isAddress(String server) {
		try {
			NatsUri uri = new NatsUri(server.trim());
			return uri.getHost() != null && SCHEMES.contains(uri.getScheme().toLowerCase(Locale.ROOT))
					&& endsUserInfoOnly(uri);
		}
		catch (URISyntaxException | IllegalArgumentException ex) {
			return false;
		}
	}

	/**
	 * An {@code @} behind the host ends a password with a slash, of which the client
	 * would make a host and a port.
	 */
	private static boolean endsUserInfoOnly(NatsUri uri) {
		long ats = uri.toString().chars().filter((character) -> character == '@').count();
		return ats == ((uri.getUserInfo() != null) ? 1 : 0);
	}

	private static void validateReadTimeout(NatsProperties properties) {
		Duration readTimeout = properties.getReadTimeout();
		if (readTimeout != null && !readTimeout.isZero() && readTimeout.compareTo(properties.getPingInterval()) <= 0) {
			throw new InvalidNatsPropertyException("nats.read-timeout", readTimeout,
					"it must be longer than 'nats.ping-interval' (" + properties.getPingInterval()
							+ "), or idle connections would be given up",
					"nats.read-timeout=60s with nats.ping-interval=20s");
		}
	}

	private static void validateNumbers(NatsProperties properties) {
		if (properties.getMaxPingsOut() < 0) {
			throw new InvalidNatsPropertyException("nats.max-pings-out", properties.getMaxPingsOut(),
					"it must not be negative; 0 means no limit", "nats.max-pings-out=1000");
		}
		int maxMessages = properties.getOutgoingQueue().getMaxMessages();
		if (maxMessages < 1) {
			throw new InvalidNatsPropertyException("nats.outgoing-queue.max-messages", maxMessages,
					"at least one message must have room", "nats.outgoing-queue.max-messages=5000");
		}
	}

	private static void validateTls(NatsProperties properties, NatsConnectionDetails details) {
		boolean tls = details.getSslBundle() != null || details.getServers()
			.stream()
			.map((server) -> server.trim().toLowerCase(Locale.ROOT))
			.anyMatch((server) -> server.startsWith("tls:") || server.startsWith("opentls:"));
		if (properties.isTlsFirst() && !tls) {
			throw new InvalidNatsPropertyException("nats.tls-first", true, "TLS isn't configured",
					"nats.tls-first=true with nats.ssl.bundle=nats, nats.ssl.enabled=true or "
							+ "nats.servers=tls://nats.example.org:4222");
		}
	}

	private static void requirePositive(String property, Duration value, String example) {
		if (value.isNegative() || value.isZero()) {
			throw new InvalidNatsPropertyException(property, value, "it must be longer than zero",
					property + "=" + example);
		}
	}

	private static void requireNotNegative(String property, @Nullable Duration value, String example) {
		if (value != null && value.isNegative()) {
			throw new InvalidNatsPropertyException(property, value, "it must not be negative",
					property + "=" + example);
		}
	}

}
