package dev.natsboot.listener;

import java.util.AbstractMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import dev.natsboot.convert.NatsMessageHeaders;
import dev.natsboot.convert.PayloadReader;
import io.nats.client.Message;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What a {@link MessageExpression} sees of a message. Public for compiled expressions,
 * which call it.
 */
public final class MessageExpressionRoot {

	private final Message message;

	private final @Nullable PayloadReader reader;

	MessageExpressionRoot(Message message, @Nullable PayloadReader reader) {
		this.message = message;
		this.reader = reader;
	}

	/**
	 * The tokens of the subject.
	 * @return what stands between the dots
	 */
	public String[] getSubject() {
		return this.message.getSubject().split("\\.");
	}

	/**
	 * The message's headers.
	 * @return the first value of each; names are found in any case
	 */
	public Map<String, @Nullable String> getHeaders() {
		return new FirstValues(new NatsMessageHeaders(this.message));
	}

	/**
	 * The message.
	 * @return the message as it was received
	 */
	public Message getMessage() {
		return this.message;
	}

	/**
	 * What the handler gets.
	 * @return the converted payload, {@code null} for an empty body
	 */
	public @Nullable Object getPayload() {
		Assert.state(this.reader != null, "The payload is not available here");
		return this.reader.read(this.message);
	}

	/**
	 * Reads the client's headers without a copy.
	 */
	private static final class FirstValues extends AbstractMap<String, @Nullable String> {

		private final NatsMessageHeaders headers;

		FirstValues(NatsMessageHeaders headers) {
			this.headers = headers;
		}

		@Override
		public @Nullable String get(Object key) {
			return this.headers.header(key.toString());
		}

		@Override
		public boolean containsKey(Object key) {
			return get(key) != null;
		}

		@Override
		public Set<Entry<String, @Nullable String>> entrySet() {
			Set<Entry<String, @Nullable String>> entries = new LinkedHashSet<>();
			this.headers.headers().keySet().forEach((name) -> entries.add(new SimpleEntry<>(name, get(name))));
			return entries;
		}

	}

}
