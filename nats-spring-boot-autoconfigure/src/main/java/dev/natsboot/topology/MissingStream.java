package dev.natsboot.topology;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

import dev.natsboot.topology.TopologyDifference.Kind;
import io.nats.client.JetStreamApiException;

/**
 * Says how to get a stream that doesn't exist.
 */
final class MissingStream {

	private MissingStream() {
	}

	/**
	 * Call, and say how to get the stream when it is missing.
	 */
	static <T> T orThrow(String stream, ServerCall<T> call) throws IOException, JetStreamApiException {
		try {
			return call.call();
		}
		catch (JetStreamApiException ex) {
			if (ex.getApiErrorCode() == ServerCall.STREAM_NOT_FOUND) {
				throw new TopologyException(List.of(of(stream)));
			}
			throw ex;
		}
	}

	static TopologyDifference of(String stream) {
		String prefix = "nats.jetstream.streams." + stream;
		return new TopologyDifference("stream '" + stream + "'", prefix, stream, null, Kind.MISSING,
				"Create it, or declare it and have it created: " + prefix + ".subjects="
						+ stream.toLowerCase(Locale.ROOT) + ".> and nats.jetstream.provisioning=create");
	}

}
