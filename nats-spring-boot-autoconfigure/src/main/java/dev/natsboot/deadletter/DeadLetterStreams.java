package dev.natsboot.deadletter;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

import dev.natsboot.core.NatsSubjects;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import io.nats.client.api.StreamInfo;

/**
 * Knows which streams have dead letters, and which of their messages are dead letters.
 */
final class DeadLetterStreams {

	private static final List<String> EVERYTHING = List.of(">");

	private final JetStreamOptions options;

	private final Collection<String> configured;

	private final Supplier<? extends Collection<String>> subjects;

	/**
	 * Create.
	 * @param configured names of streams that have nothing but dead letters, empty for
	 * those that capture the subjects
	 * @param subjects dead-letter subjects with wildcards
	 */
	DeadLetterStreams(JetStreamOptions options, Collection<String> configured,
			Supplier<? extends Collection<String>> subjects) {
		this.options = options;
		this.configured = configured;
		this.subjects = subjects;
	}

	/**
	 * Find the streams.
	 * @return the subjects of dead letters by stream
	 */
	Map<String, Collection<String>> find(Connection connection) {
		Map<String, Collection<String>> found = new TreeMap<>();
		if (!this.configured.isEmpty()) {
			this.configured.forEach((stream) -> found.put(stream, EVERYTHING));
			return found;
		}
		for (String subject : new TreeSet<>(this.subjects.get())) {
			call("look for the streams of subject '" + subject + "'", connection,
					(management) -> management.getStreamNames(subject))
				.forEach((stream) -> found.computeIfAbsent(stream, (name) -> new TreeSet<>()).add(subject));
		}
		return found;
	}

	StreamInfo info(Connection connection, String stream) {
		return call("look at stream '" + stream + "'", connection, (management) -> management.getStreamInfo(stream));
	}

	/**
	 * Whether a message is a dead letter: a stream may have others too.
	 */
	static boolean isDeadLetter(Collection<String> subjects, StoredMessage message) {
		return DeadLetterReader.hasFacts(message)
				|| subjects.stream().anyMatch((subject) -> NatsSubjects.matches(subject, message.subject()));
	}

	private <T> T call(String purpose, Connection connection, Call<T> call) {
		try {
			return call.on(connection.jetStreamManagement(this.options));
		}
		catch (JetStreamApiException ex) {
			throw new DeadLetterException("The server refused to " + purpose + ": " + ex.getMessage(),
					ex.getApiErrorCode(), ex);
		}
		catch (IOException ex) {
			throw new DeadLetterException("Can't " + purpose + ": JetStream doesn't answer (" + ex.getMessage()
					+ "). Is a quorum of its servers up, and may the user publish to '" + this.options.getPrefix()
					+ ">'?", 0, ex);
		}
	}

	/**
	 * A question.
	 *
	 * @param <T> the answer
	 */
	@FunctionalInterface
	private interface Call<T> {

		T on(JetStreamManagement management) throws IOException, JetStreamApiException;

	}

}
