package dev.natsboot.sample.processor.audit;

import java.util.List;

import dev.natsboot.annotation.NatsListener;
import io.nats.client.Message;

/**
 * Archives every event of three streams, one object for each batch: objects cost more
 * than events, so a batch waits a second for more. The messages are acknowledged after
 * the object is written.
 */
class AuditListener {

	private final AuditArchive archive;

	AuditListener(AuditArchive archive) {
		this.archive = archive;
	}

	@NatsListener(id = "audit-orders", stream = "ORDERS", subjects = "orders.created.*", consumer = "audit",
			ackMode = "${sample.ack-mode}", batchSize = "1000", maxAckPending = "4000", batchLinger = "1s")
	@NatsListener(id = "audit-payments", stream = "PAYMENTS", subjects = "payments.*", consumer = "audit",
			ackMode = "${sample.ack-mode}", batchSize = "1000", maxAckPending = "4000", batchLinger = "1s")
	@NatsListener(id = "audit-inventory", stream = "INVENTORY", subjects = "inventory.*", consumer = "audit",
			ackMode = "${sample.ack-mode}", batchSize = "1000", maxAckPending = "4000", batchLinger = "1s")
	void onEvents(List<Message> events) {
		this.archive.write(events.stream().map(AuditEvent::of).toList());
	}

}
