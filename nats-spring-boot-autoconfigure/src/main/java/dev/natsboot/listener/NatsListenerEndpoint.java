package dev.natsboot.listener;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a listener container listens to, and how. Every value is resolved.
 */
public final class NatsListenerEndpoint {

	private final String id;

	private final List<String> subjects;

	private final @Nullable String stream;

	private final @Nullable String consumer;

	NatsListenerEndpoint(String id, List<String> subjects, @Nullable String stream, @Nullable String consumer) {
		this.id = id;
		this.subjects = List.copyOf(subjects);
		this.stream = stream;
		this.consumer = consumer;
	}

	/**
	 * The id, unique in the application.
	 * @return the id
	 */
	public String id() {
		return this.id;
	}

	/**
	 * The subjects, with wildcards.
	 * @return the subjects
	 */
	public List<String> subjects() {
		return this.subjects;
	}

	/**
	 * The stream, or {@code null} for a core subscription.
	 * @return the stream
	 */
	public @Nullable String stream() {
		return this.stream;
	}

	/**
	 * The durable consumer, or {@code null} for an ephemeral one or a core subscription.
	 * @return the consumer
	 */
	public @Nullable String consumer() {
		return this.consumer;
	}

}
