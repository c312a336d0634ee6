package dev.natsboot.faults;

import java.io.IOException;

import dev.natsboot.run.RunException;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;

/**
 * A stream that takes up all the room which the other streams of a server leave, up to
 * the quota of its store. What isn't ballast is refused then.
 */
final class Ballast {

	private static final String STREAM = "BALLAST";

	private static final String SUBJECT = "ballast";

	private static final int LARGE = 256 * 1024;

	/** The server's code for more than its quota. */
	private static final int EXHAUSTED = 10023;

	private final StreamApi api;

	Ballast(StreamApi api) {
		this.api = api;
	}

	/**
	 * Take everything.
	 */
	void load() {
		load(Long.MAX_VALUE);
	}

	/**
	 * Take some of the room, or all that there is.
	 * @param bytes how much to take
	 */
	void load(long bytes) {
		StreamConfiguration stream = StreamConfiguration.builder()
			.name(STREAM)
			.subjects(SUBJECT)
			.storageType(StorageType.File)
			.build();
		this.api.ask((management) -> management.addStream(stream));
		long left = bytes;
		while (left > 0 && take((int) Math.min(LARGE, left))) {
			left -= LARGE;
		}
	}

	/**
	 * Take some of the room.
	 * @return whether there was any
	 */
	private boolean take(int bytes) {
		try {
			JetStream jetStream = this.api.connection().jetStream();
			jetStream.publish(SUBJECT, new byte[bytes]);
			return true;
		}
		catch (JetStreamApiException ex) {
			if (ex.getApiErrorCode() != EXHAUSTED) {
				throw new RunException("The server takes no ballast: " + ex.getMessage(), ex);
			}
			return false;
		}
		catch (IOException ex) {
			throw new RunException("The server takes no ballast: " + ex.getMessage(), ex);
		}
	}

	/**
	 * Leave all the room to others.
	 */
	void drop() {
		this.api.ask((management) -> management.purgeStream(STREAM));
	}

}
