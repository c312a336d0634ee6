package dev.natsboot.topology;

import java.util.Locale;

import dev.natsboot.topology.TopologyDifference.Kind;

/**
 * Says how to get a stream that doesn't exist.
 */
final class MissingStream {

	private MissingStream() {
	}

	static TopologyDifference of(String stream) {
		String prefix = "nats.jetstream.streams." + stream;
		return new TopologyDifference("stream '" + stream + "'", prefix, stream, null, Kind.MISSING,
				"Create it, or declare it and have it created: " + prefix + ".subjects="
						+ stream.toLowerCase(Locale.ROOT) + ".> and nats.jetstream.provisioning=create");
	}

}
