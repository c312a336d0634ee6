package dev.natsboot.connection;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages and requests over whatever connection there is now. An interrupt is kept
 * from the client meanwhile: on an interrupted thread it drops what is sent, be it the
 * subscription for all replies, and tells no more than its error listener.
 */
final class Requests {

	private final NatsConnectionManager connections;

	private final ReentrantLock lock = new ReentrantLock();

	private volatile @Nullable ReplyInbox inbox;

	Requests(NatsConnectionManager connections) {
		this.connections = connections;
	}

	/**
	 * Send a message.
	 * @throws NatsNotConnectedException when there is no connection yet
	 * @throws IllegalArgumentException when the client refuses the message
	 * @throws IllegalStateException when the connection can't take it
	 */
	void publish(String subject, @Nullable Headers headers, byte[] data) {
		Connection connection = this.connections.current();
		boolean interrupted = Thread.interrupted();
		try {
			connection.publish(subject, headers, data);
		}
		finally {
			restore(interrupted);
		}
	}

	/**
	 * Send a request.
	 * @throws NatsNotConnectedException when there is no connection yet
	 * @throws IllegalArgumentException when the client refuses the message
	 * @throws IllegalStateException when the connection can't take it
	 * @see ReplyInbox#request
	 */
	CompletableFuture<Message> send(String subject, @Nullable Headers headers, byte[] data, Duration timeout,
			@Nullable ReplyCallbacks callbacks) {
		Connection connection = this.connections.current();
		boolean interrupted = Thread.interrupted();
		try {
			return inbox(connection).request(subject, headers, data, timeout, callbacks);
		}
		finally {
			restore(interrupted);
		}
	}

	private static void restore(boolean interrupted) {
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * How many requests wait for their reply.
	 */
	int outstanding() {
		ReplyInbox current = this.inbox;
		return (current != null) ? current.outstanding() : 0;
	}

	/**
	 * Wait for the replies to all requests that have been sent.
	 */
	void awaitReplies(Duration timeout) {
		ReplyInbox current = this.inbox;
		if (current != null) {
			current.awaitReplies(timeout);
		}
	}

	private ReplyInbox inbox(Connection connection) {
		ReplyInbox current = this.inbox;
		return (current != null && current.isOn(connection)) ? current : open(connection);
	}

	private ReplyInbox open(Connection connection) {
		this.lock.lock();
		try {
			ReplyInbox current = this.inbox;
			if (current == null || !current.isOn(connection)) {
				current = new ReplyInbox(connection, this.connections.name());
				this.inbox = current;
			}
			return current;
		}
		finally {
			this.lock.unlock();
		}
	}

}
