package dev.natsboot.faults;

import java.io.IOException;
import java.util.Set;

import dev.natsboot.run.RunException;
import io.nats.client.JetStreamApiException;
import io.nats.client.PurgeOptions;

/**
 * Messages that nobody wants, and that take up the room of others in a stream, or in the
 * whole store of a server. What doesn't fit any more is refused then.
 * <p>
 * A lower limit of a stream would do the same, but the servers of a cluster begin to obey
 * it one after the other: some store what others refuse.
 */
final class Ballast {

	private static final int LARGE = 256 * 1024;

	private static final int SMALL = 16;

	/** What a stored message takes besides its subject and its body. */
	private static final int FRAME = 30;

	/** The server's codes for a full store and a full stream. */
	private static final Set<Integer> REFUSALS = Set.of(10023, 10077);

	private final StreamApi api;

	private final String stream;

	private final PurgeOptions purge;

	private Ballast(StreamApi api, String stream, PurgeOptions purge) {
		this.api = api;
		this.stream = stream;
		this.purge = purge;
	}

	/**
	 * Create ballast among the messages of others. When it is dropped it may still be on
	 * the disk.
	 * @param stream where it is put, under {@link #subject(String)}
	 */
	static Ballast in(StreamApi api, String stream) {
		return new Ballast(api, stream, PurgeOptions.subject(subject(stream)));
	}

	/**
	 * Create ballast in a stream that has nothing else.
	 * @param stream where it is put, under {@link #subject(String)}
	 */
	static Ballast filling(StreamApi api, String stream) {
		return new Ballast(api, stream, PurgeOptions.builder().build());
	}

	static String subject(String stream) {
		return "ballast." + stream;
	}

	/**
	 * Take everything.
	 */
	void load() {
		load(Long.MAX_VALUE);
	}

	/**
	 * Take some of the room, or all that there is. Not a byte more than that: what
	 * exceeds the limit of a stream by its frame alone nats-server 2.9 doesn't refuse, it
	 * deletes the oldest message instead.
	 * @param bytes how much to take
	 */
	void load(long bytes) {
		int frame = FRAME + subject(this.stream).length();
		long left = bytes;
		int size = LARGE;
		while (left > frame && size >= SMALL) {
			int next = (int) Math.min(size, left - frame);
			if (take(next)) {
				left -= next + frame;
			}
			else {
				size = next / 2;
			}
		}
	}

	/**
	 * Take some of the room.
	 * @return whether there was any
	 */
	private boolean take(int bytes) {
		try {
			this.api.connection().jetStream().publish(subject(this.stream), new byte[bytes]);
			return true;
		}
		catch (JetStreamApiException ex) {
			if (!REFUSALS.contains(ex.getApiErrorCode())) {
				throw new RunException("Stream " + this.stream + " takes no ballast: " + ex.getMessage(), ex);
			}
			return false;
		}
		catch (IOException ex) {
			throw new RunException("Stream " + this.stream + " takes no ballast: " + ex.getMessage(), ex);
		}
	}

	/**
	 * Leave all the room to others.
	 */
	void drop() {
		this.api.ask((management) -> management.purgeStream(this.stream, this.purge));
	}

}
