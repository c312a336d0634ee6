package dev.natsboot.service;

import dev.natsboot.connection.NatsConnectionManager;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The way back to whom a request came from.
 */
record ReplyChannel(NatsConnectionManager manager) {

	/**
	 * Send, unless the request has no reply subject.
	 */
	void send(Message request, @Nullable Headers headers, byte[] data) {
		String replyTo = request.getReplyTo();
		if (replyTo != null) {
			connection(request).publish(replyTo, headers, data);
		}
	}

	/**
	 * The connection of now rather than the one that brought the request: that may have
	 * been replaced in the meantime, while the requester still waits.
	 */
	private Connection connection(Message request) {
		Connection current = this.manager.currentOrNull();
		return (current != null) ? current : request.getConnection();
	}

}
