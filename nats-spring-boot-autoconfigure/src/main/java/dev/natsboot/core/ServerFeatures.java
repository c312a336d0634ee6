package dev.natsboot.core;

import java.util.Map;

import dev.natsboot.convert.NatsHeaders;
import io.nats.client.api.ServerInfo;
import io.nats.client.impl.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Headers that ask a stream for something. Servers that don't know them store the message
 * without doing it.
 */
final class ServerFeatures {

	private static final Map<String, String> SINCE = Map.of(NatsHeaders.TTL, "2.11.0", "Nats-Incr", "2.12.0",
			"Nats-Schedule", "2.12.0");

	private ServerFeatures() {
	}

	/**
	 * Say what the server would ignore.
	 * @return what is missing, or {@code null}
	 */
	static @Nullable String missing(Headers headers, ServerInfo server) {
		for (Map.Entry<String, String> feature : SINCE.entrySet()) {
			if (headers.containsKey(feature.getKey()) && server.isOlderThanVersion(feature.getValue())) {
				return "the header " + feature.getKey() + " needs nats-server " + feature.getValue()
						+ " or later, connected to " + server.getVersion() + ", which would ignore it";
			}
		}
		return null;
	}

}
