package dev.natsboot.listener;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.nats.client.MessageHandler;
import org.jspecify.annotations.Nullable;

/**
 * The subscription of a source, with a dispatcher and thread of its own, and whether
 * anything comes by it. One that has gone silent is made anew, in case that the client or
 * the server has lost it.
 */
final class SourceSubscription {

	private final Connection connection;

	private final String subject;

	private final @Nullable String queue;

	private final MessageHandler handler;

	private volatile @Nullable Dispatcher dispatcher;

	private volatile boolean heard;

	private volatile boolean stale;

	private Duration silence = Duration.ZERO;

	SourceSubscription(Connection connection, String subject, @Nullable String queue, MessageHandler handler) {
		this.connection = connection;
		this.subject = subject;
		this.queue = queue;
		this.handler = handler;
	}

	void open() {
		Dispatcher created = this.connection.createDispatcher(this::received);
		created.setPendingLimits(-1, -1);
		if (this.queue != null) {
			created.subscribe(this.subject, this.queue);
		}
		else {
			created.subscribe(this.subject);
		}
		this.dispatcher = created;
	}

	private void received(Message message) throws InterruptedException {
		this.heard = true;
		this.handler.onMessage(message);
	}

	/**
	 * Whether something has come that still has to be taken.
	 */
	boolean hasMore() {
		Dispatcher current = this.dispatcher;
		return current != null && current.getPendingMessageCount() > 0;
	}

	/**
	 * Whether nothing came for longer than a limit. Asked on one thread.
	 * @param passed how long ago this was asked before
	 * @param expecting whether something is expected to come
	 */
	boolean isSilent(Duration passed, boolean expecting, Duration limit) {
		this.silence = (this.heard || !expecting) ? Duration.ZERO : this.silence.plus(passed);
		this.heard = false;
		if (this.silence.compareTo(limit) <= 0) {
			return false;
		}
		this.silence = Duration.ZERO;
		suspect();
		return true;
	}

	void suspect() {
		this.stale = true;
	}

	/**
	 * Subscribe anew when the subscription had gone silent.
	 */
	void renewWhenStale() {
		Dispatcher current = this.dispatcher;
		if (this.stale && current != null && current.isActive()) {
			this.stale = false;
			open();
			this.connection.closeDispatcher(current);
		}
	}

	CompletableFuture<Boolean> drain(Duration timeout) throws InterruptedException {
		Dispatcher current = this.dispatcher;
		if (current == null || !current.isActive()) {
			return CompletableFuture.completedFuture(true);
		}
		if (this.connection.getStatus() != Connection.Status.CONNECTED) {
			close();
			return CompletableFuture.completedFuture(true);
		}
		return current.drain(timeout);
	}

	void close() {
		Dispatcher current = this.dispatcher;
		if (current != null && current.isActive() && this.connection.getStatus() != Connection.Status.CLOSED) {
			this.connection.closeDispatcher(current);
		}
	}

}
