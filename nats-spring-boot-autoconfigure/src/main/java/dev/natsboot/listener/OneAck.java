package dev.natsboot.listener;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.PrimitiveIterator;
import java.util.SortedSet;

import dev.natsboot.core.Durations;
import io.nats.client.Connection;
import io.nats.client.JetStreamOptions;
import io.nats.client.api.ConsumerInfo;

import org.springframework.util.Assert;

/**
 * Tells the server how far a consumer with ack policy all has come, as {@link AckFloor}
 * knows it.
 */
final class OneAck {

	private static final byte[] ACK = "+ACK".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] NAK = "-NAK".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] IN_PROGRESS = "+WPI".getBytes(StandardCharsets.US_ASCII);

	private static final Duration TIMEOUT = Duration.ofSeconds(2);

	private final Connection connection;

	private final PendingSearch search;

	private final AckFloor floor;

	private final Duration confirmation;

	/**
	 * Create it.
	 * @param confirmation how long to wait for the server to confirm, or zero not to wait
	 */
	OneAck(Connection connection, JetStreamOptions options, AckFloor floor, Duration confirmation) {
		this.connection = connection;
		this.search = new PendingSearch(connection, options);
		this.floor = floor;
		this.confirmation = confirmation;
	}

	AckFloor floor() {
		return this.floor;
	}

	/**
	 * Attach to the consumer, and have delivered again what the server waits for and
	 * nobody here has. When the last of it is confirmed, it comes before anything new.
	 */
	void attach(ConsumerInfo info) {
		ConsumerInfo current = acknowledgeAgain(info);
		SortedSet<Long> pending = this.floor.isInDoubt(current) ? null : this.search.find(current);
		callBack(current, this.floor.attach(current, pending).iterator());
	}

	/**
	 * An acknowledgement that was lost on the way isn't followed by another one where the
	 * server waits for it before it delivers anything new.
	 * @return the consumer as the server has it then
	 */
	private ConsumerInfo acknowledgeAgain(ConsumerInfo info) {
		String subject = this.floor.lost(info);
		return (subject != null && isConfirmed(subject, ACK, TIMEOUT)) ? this.search.refresh(info) : info;
	}

	private void callBack(ConsumerInfo info, PrimitiveIterator.OfLong unknown) {
		boolean any = unknown.hasNext();
		try {
			while (unknown.hasNext()) {
				String subject = subject(info, unknown.nextLong());
				if (unknown.hasNext()) {
					this.connection.publish(subject, NAK);
				}
				else {
					request(subject, NAK, TIMEOUT);
				}
			}
			this.floor.calledBack(any ? this.search.refresh(info) : info);
		}
		catch (RuntimeException ex) {
			this.floor.detach();
			throw ex;
		}
	}

	/**
	 * The server ignores what is called back as a delivery that it counts as acknowledged
	 * or hasn't counted yet, and the last one may be acknowledged although others are
	 * pending: hence the next one.
	 * <p>
	 * The short form of the subject. Servers of 2.14 and later listen to it even where
	 * their replies have the domain and the account in it (ADR-15), and leaf nodes let it
	 * pass into other domains, whatever the prefix of the API is.
	 */
	private static String subject(ConsumerInfo info, long sequence) {
		return "$JS.ACK." + info.getStreamName() + "." + info.getName() + ".1." + sequence + "."
				+ (info.getDelivered().getConsumerSequence() + 1) + ".0.0";
	}

	/**
	 * Acknowledge what can be.
	 */
	void flush() {
		String subject = this.floor.advance();
		if (subject == null) {
			return;
		}
		if (this.confirmation.isZero()) {
			this.connection.publish(subject, ACK);
		}
		else {
			request(subject, ACK, this.confirmation);
		}
	}

	/**
	 * The server shall go on waiting for a message, over whatever connection it came.
	 */
	void inProgress(Delivery delivery) {
		this.connection.publish(delivery.message().getReplyTo(), IN_PROGRESS);
	}

	private void request(String subject, byte[] answer, Duration timeout) {
		Assert.state(isConfirmed(subject, answer, timeout),
				() -> "The server did not confirm " + new String(answer, StandardCharsets.US_ASCII) + " of '" + subject
						+ "' within " + Durations.text(timeout));
	}

	private boolean isConfirmed(String subject, byte[] answer, Duration timeout) {
		try {
			return this.connection.request(subject, answer, timeout) != null;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for the confirmation of '" + subject + "'", ex);
		}
	}

}
