package dev.natsboot.idempotency;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import dev.natsboot.core.NatsException;
import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.api.KeyValueEntry;
import org.jspecify.annotations.Nullable;

/**
 * Keeps marks in a key-value bucket.
 */
final class KeyValueMarks implements MarkStorage {

	/** The server's error for a revision that isn't the expected one. */
	private static final int WRONG_LAST_SEQUENCE = 10071;

	/** The same while the servers of a cluster are still writing the key. */
	private static final int LAST_SEQUENCE_UNKNOWN = 10164;

	/** What the server allows as a key, without dots at odd places. */
	private static final Pattern PLAIN = Pattern.compile("[-/_=a-zA-Z0-9]+(\\.[-/_=a-zA-Z0-9]+)*");

	private final Supplier<KeyValue> bucket;

	KeyValueMarks(Supplier<KeyValue> bucket) {
		this.bucket = bucket;
	}

	@Override
	public @Nullable Stored create(String key, String text) {
		return change(text, () -> this.bucket.get().create(name(key), bytes(text)));
	}

	@Override
	public @Nullable Stored replace(String key, Stored known, String text) {
		return change(text, () -> this.bucket.get().update(name(key), bytes(text), known.revision()));
	}

	private static @Nullable Stored change(String text, Call<Long> call) {
		try {
			return new Stored(text, call.run());
		}
		catch (JetStreamApiException ex) {
			if (ex.getApiErrorCode() == WRONG_LAST_SEQUENCE || ex.getApiErrorCode() == LAST_SEQUENCE_UNKNOWN) {
				return null;
			}
			throw failure(ex);
		}
		catch (IOException ex) {
			throw failure(ex);
		}
	}

	@Override
	public @Nullable Stored get(String key) {
		try {
			KeyValueEntry entry = this.bucket.get().get(name(key));
			String text = (entry != null) ? entry.getValueAsString() : null;
			return (entry != null && text != null) ? new Stored(text, entry.getRevision()) : null;
		}
		catch (IOException | JetStreamApiException ex) {
			throw failure(ex);
		}
	}

	@Override
	public void put(String key, String text) {
		try {
			this.bucket.get().put(name(key), bytes(text));
		}
		catch (IOException | JetStreamApiException ex) {
			throw failure(ex);
		}
	}

	/**
	 * Tried twice, as a server that is still writing the key doesn't compare.
	 */
	@Override
	public void remove(String key, Stored known) {
		Call<Long> removal = () -> {
			this.bucket.get().delete(name(key), known.revision());
			return known.revision();
		};
		if (change(known.text(), removal) == null) {
			change(known.text(), removal);
		}
	}

	/**
	 * The key as it is where the server allows that, so that it can be looked up by hand.
	 */
	static String name(String key) {
		int blank = key.indexOf(' ');
		return token(key.substring(0, blank)) + "." + token(key.substring(blank + 1));
	}

	private static String token(String text) {
		if (PLAIN.matcher(text).matches()) {
			return text;
		}
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes(text));
			return "sha256=" + HexFormat.of().formatHex(digest);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static NatsException failure(Exception cause) {
		return new NatsException("The key-value bucket of the idempotency store can't be used: " + cause.getMessage(),
				cause);
	}

	/**
	 * A call of the client.
	 *
	 * @param <T> what it gives
	 */
	@FunctionalInterface
	private interface Call<T> {

		T run() throws IOException, JetStreamApiException;

	}

}
