package dev.natsboot.listener;

import java.time.Instant;

/**
 * What a message without an id is known by: its place in the stream.
 */
public final class MessagePlace {

	private MessagePlace() {
	}

	/**
	 * Name a place. With the time: a stream that was made anew counts from 1 again.
	 * @param sequence the message's sequence in its stream
	 * @param time when it was stored
	 * @return the name
	 */
	public static String of(long sequence, Instant time) {
		return "seq-" + sequence + "-" + time.toEpochMilli();
	}

}
