package dev.natsboot.listener;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.LongConsumer;

import org.jspecify.annotations.Nullable;

/**
 * The way of one message: filter, handler (which converts and validates its arguments),
 * reply, settle.
 */
final class MessagePipeline {

	private final NatsListenerEndpoint endpoint;

	private final MessageListener listener;

	private final Settlement settlement;

	private final ReplySender replies;

	private final Executor executor;

	private final LongConsumer pace;

	MessagePipeline(NatsListenerEndpoint endpoint, MessageListener listener, Settlement settlement, ReplySender replies,
			Executor executor, LongConsumer pace) {
		this.endpoint = endpoint;
		this.listener = listener;
		this.settlement = settlement;
		this.replies = replies;
		this.executor = executor;
		this.pace = pace;
	}

	void process(Delivery delivery) {
		this.settlement.begin(delivery);
		if (this.settlement.isExhausted(delivery)) {
			this.settlement.failed(delivery, new DeliveriesExhaustedException(delivery.deliveries() - 1), -1);
			return;
		}
		long start = System.nanoTime();
		try {
			if (!this.endpoint.filter().accepts(delivery.message())) {
				this.settlement.filtered(delivery);
				return;
			}
			handled(delivery, this.listener.onMessage(delivery), start);
		}
		catch (Throwable ex) {
			failed(delivery, ex, start);
		}
	}

	private void handled(Delivery delivery, @Nullable Object result, long start) {
		if (result instanceof CompletionStage<?> stage) {
			stage.whenCompleteAsync((value, failure) -> completed(delivery, value, failure, start), this.executor);
		}
		else {
			completed(delivery, result, null, start);
		}
	}

	private void completed(Delivery delivery, @Nullable Object value, @Nullable Throwable failure, long start) {
		try {
			if (failure == null && value != null) {
				this.replies.send(delivery, value);
			}
		}
		catch (RuntimeException ex) {
			failed(delivery, ex, start);
			return;
		}
		if (failure != null) {
			failed(delivery, (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
					: failure, start);
			return;
		}
		long duration = System.nanoTime() - start;
		this.pace.accept(duration);
		this.settlement.succeeded(delivery, duration);
	}

	private void failed(Delivery delivery, Throwable cause, long start) {
		long duration = System.nanoTime() - start;
		this.pace.accept(duration);
		this.settlement.failed(delivery, cause, duration);
	}

}
