package dev.natsboot.deadletter;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

import io.nats.client.Message;
import org.jspecify.annotations.Nullable;

/**
 * Goes through a stream. Looks for the next message, however far it is, and asks for the
 * ones that may follow it at the same time.
 */
final class DeadLetterScan {

	/**
	 * How many answers may wait to be read.
	 */
	private static final int AHEAD = 31;

	private final StoredMessages messages;

	private final String stream;

	DeadLetterScan(StoredMessages messages, String stream) {
		this.messages = messages;
		this.stream = stream;
	}

	/**
	 * Visit messages in their order.
	 * @param first the first sequence
	 * @param last the last sequence
	 * @param visitor returns whether to go on
	 * @return whether all were visited
	 */
	boolean visit(long first, long last, Predicate<StoredMessage> visitor) {
		long from = Math.max(1, first);
		while (from <= last) {
			StoredMessage next = this.messages.next(this.stream, from);
			if (next == null || next.sequence() > last) {
				return true;
			}
			long to = Math.min(last, next.sequence() + AHEAD);
			if (!visitWindow(next, to, visitor)) {
				return false;
			}
			from = to + 1;
		}
		return true;
	}

	private boolean visitWindow(StoredMessage next, long to, Predicate<StoredMessage> visitor) {
		List<CompletableFuture<Message>> answers = new ArrayList<>();
		for (long sequence = next.sequence() + 1; sequence <= to; sequence++) {
			answers.add(this.messages.request(this.stream, sequence));
		}
		boolean further = visitor.test(next);
		for (int i = 0; further && i < answers.size(); i++) {
			@Nullable StoredMessage message = this.messages.message(this.stream, answers.get(i));
			further = message == null || visitor.test(message);
		}
		return further;
	}

}
