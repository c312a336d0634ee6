package dev.natsboot.core;

import java.io.IOException;

import io.nats.client.api.PublishAck;

/**
 * Looks whether an acknowledgement means what it says.
 */
public final class PublishAcks {

	private PublishAcks() {
	}

	/**
	 * Require that the message is in the stream. A cluster of nats-server 2.10 remembers
	 * the id of a message that it has refused, for example because the stream was full:
	 * it acknowledges the next attempt as a duplicate of it, with the sequence 0, and has
	 * stored neither.
	 * @param ack the acknowledgement
	 * @return the same acknowledgement
	 * @throws IOException when neither this message nor the one that it is said to
	 * duplicate was stored
	 */
	public static PublishAck requireStored(PublishAck ack) throws IOException {
		if (ack.isDuplicate() && ack.getSeqno() == 0) {
			throw new IOException("Stream '" + ack.getStream() + "' takes the message for a duplicate of one that it "
					+ "had refused, and has stored neither: publish it with another Nats-Msg-Id, or again when the "
					+ "stream's duplicate window has passed");
		}
		return ack;
	}

}
