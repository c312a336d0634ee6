package dev.natsboot.listener;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

import dev.natsboot.core.Durations;
import io.nats.client.Message;

/**
 * Acknowledgements with and without confirmation.
 */
final class Acknowledgments {

	private Acknowledgments() {
	}

	static void acknowledge(Message message, Duration confirmation) {
		if (confirmation.isZero()) {
			message.ack();
			return;
		}
		try {
			message.ackSync(confirmation);
		}
		catch (TimeoutException ex) {
			throw new IllegalStateException("The server did not confirm the acknowledgement within "
					+ Durations.text(confirmation) + "; the message may be delivered again", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for the confirmation", ex);
		}
	}

}
