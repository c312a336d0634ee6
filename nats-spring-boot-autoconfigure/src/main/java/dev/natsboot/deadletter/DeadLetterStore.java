package dev.natsboot.deadletter;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.nats.client.Connection;
import io.nats.client.JetStreamOptions;
import io.nats.client.api.StreamInfo;

/**
 * The dead-letter streams as they are found for one call.
 */
final class DeadLetterStore {

	private final Connection connection;

	private final JetStreamOptions options;

	private final DeadLetterStreams streams;

	private final StoredMessages messages;

	private final Map<String, Collection<String>> subjects;

	DeadLetterStore(Connection connection, JetStreamOptions options, DeadLetterStreams streams) {
		this.connection = connection;
		this.options = options;
		this.streams = streams;
		this.messages = new StoredMessages(connection, options);
		this.subjects = streams.find(connection);
	}

	Set<String> streams() {
		return this.subjects.keySet();
	}

	StreamInfo info(String stream) {
		return this.streams.info(this.connection, stream);
	}

	/**
	 * What is published and can't be deleted then would come twice.
	 */
	StreamInfo requireDeletable(String stream) {
		StreamInfo info = info(stream);
		if (info.getConfiguration().getDenyDelete() || info.getConfiguration().getSealed()) {
			throw new DeadLetterException("Stream '" + stream + "' doesn't allow to delete a message "
					+ "(deny-delete or sealed): its dead letters can neither be redriven nor dropped", 0, null);
		}
		return info;
	}

	/**
	 * Visit the dead letters among the messages of a stream.
	 * @return whether all were visited
	 */
	boolean visit(String stream, long first, long last, Predicate<DeadLetter> visitor) {
		return new DeadLetterScan(this.messages, stream).visit(first, last,
				(message) -> !isDeadLetter(stream, message) || visitor.test(DeadLetterReader.read(stream, message)));
	}

	/**
	 * Visit the dead letters among the first messages of a stream.
	 * @return whether these were all messages
	 */
	boolean visitFirst(long messages, String stream, long last, Consumer<DeadLetter> visitor) {
		AtomicLong seen = new AtomicLong();
		return new DeadLetterScan(this.messages, stream).visit(1, last, (message) -> {
			boolean further = seen.incrementAndGet() <= messages;
			if (further && isDeadLetter(stream, message)) {
				visitor.accept(DeadLetterReader.read(stream, message));
			}
			return further;
		});
	}

	private boolean isDeadLetter(String stream, StoredMessage message) {
		return DeadLetterStreams.isDeadLetter(this.subjects.getOrDefault(stream, List.of()), message);
	}

	Optional<DeadLetter> find(DeadLetterId id) {
		if (!streams().contains(id.stream())) {
			return Optional.empty();
		}
		return Optional.ofNullable(this.messages.get(id.stream(), id.sequence()))
			.filter((message) -> isDeadLetter(id.stream(), message))
			.map((message) -> DeadLetterReader.read(id.stream(), message));
	}

	DeadLetter require(DeadLetterId id) {
		return find(id).orElseThrow(() -> new DeadLetterNotFoundException(
				"There is no dead letter " + id + ", or no longer. Dead-letter streams are " + streams()
						+ " (nats.dead-letters.streams, or those of the listeners' dead-letter subjects)"));
	}

	/**
	 * Publish, then delete. Who deletes second finds nothing, and that is as it should
	 * be.
	 */
	Redrive redrive(DeadLetter letter, String subject) {
		return delete(letter.id(), new DeadLetterSender(this.connection, this.options).send(letter, subject));
	}

	Redrive redrive(DeadLetter letter) {
		return delete(letter.id(), new DeadLetterSender(this.connection, this.options).send(letter));
	}

	private Redrive delete(DeadLetterId id, Redrive redrive) {
		try {
			delete(id);
			return redrive;
		}
		catch (DeadLetterException ex) {
			throw new DeadLetterException(
					"Dead letter " + id + " was published to '" + redrive.subject()
							+ "' and is still there. Redrive it again, within the duplicate window of stream '"
							+ redrive.stream() + "' nothing is stored twice: " + ex.getMessage(),
					ex.getApiErrorCode(), ex);
		}
	}

	boolean delete(DeadLetterId id) {
		return this.messages.delete(id.stream(), id.sequence());
	}

}
