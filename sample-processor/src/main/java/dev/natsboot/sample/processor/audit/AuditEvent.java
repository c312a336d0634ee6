package dev.natsboot.sample.processor.audit;

import java.time.Instant;

import io.nats.client.Message;
import io.nats.client.impl.NatsJetStreamMetaData;

/**
 * An event as it is archived.
 *
 * @param stream the stream that it comes from
 * @param sequence its place in the stream, which identifies it
 * @param subject the subject that it was published to
 * @param storedAt when the stream stored it
 * @param data the payload, byte for byte
 */
@SuppressWarnings("ArrayRecordComponent")
record AuditEvent(String stream, long sequence, String subject, Instant storedAt, byte[] data) {

	static AuditEvent of(Message message) {
		NatsJetStreamMetaData metadata = message.metaData();
		return new AuditEvent(metadata.getStream(), metadata.streamSequence(), message.getSubject(),
				metadata.timestamp().toInstant(), message.getData());
	}

}
