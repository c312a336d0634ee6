package dev.natsboot.deadletter;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZonedDateTime;

import io.nats.client.impl.Headers;
import io.nats.client.support.JsonValue;
import io.nats.client.support.JsonValueUtils;
import org.jspecify.annotations.Nullable;

/**
 * A message as it is stored in a stream. Read more leniently than the client does it,
 * which refuses a header value that isn't ASCII: other clients can send one.
 *
 * @param subject its subject
 * @param sequence its sequence
 * @param time when it was stored
 * @param headers its headers, {@code ?} for every character that isn't ASCII
 * @param data its body
 */
record StoredMessage(String subject, long sequence, Instant time, Headers headers, byte[] data) {

	static StoredMessage of(JsonValue message) {
		ZonedDateTime time = JsonValueUtils.readDate(message, "time");
		byte[] data = JsonValueUtils.readBase64(message, "data");
		return new StoredMessage(JsonValueUtils.readString(message, "subject", ""),
				JsonValueUtils.readLong(message, "seq", 0), (time != null) ? time.toInstant() : Instant.EPOCH,
				headers(JsonValueUtils.readBase64(message, "hdrs")), (data != null) ? data : new byte[0]);
	}

	/**
	 * The first line is the version.
	 */
	private static Headers headers(byte @Nullable [] bytes) {
		Headers headers = new Headers();
		if (bytes == null) {
			return headers;
		}
		String[] lines = new String(bytes, StandardCharsets.UTF_8).split("\r\n");
		for (int i = 1; i < lines.length; i++) {
			int colon = lines[i].indexOf(':');
			if (colon > 0) {
				headers.add(lines[i].substring(0, colon).replaceAll("[^!-~]", "?"),
						lines[i].substring(colon + 1).stripLeading().replaceAll("[^\\t -~]", "?"));
			}
		}
		return headers;
	}

}
