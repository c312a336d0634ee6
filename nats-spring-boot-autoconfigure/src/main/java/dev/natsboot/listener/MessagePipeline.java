package dev.natsboot.listener;

import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.LongConsumer;

import dev.natsboot.observation.ObservedEndpoint;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * The way of one message: observe, filter, deduplicate, handler (which converts and
 * validates its arguments), reply, settle.
 */
final class MessagePipeline {

	private final NatsListenerEndpoint endpoint;

	private final MessageListener listener;

	private final Settlement settlement;

	private final ReplySender replies;

	private final ListenerServices services;

	private final Executor completions;

	private final ObservedEndpoint observed;

	private final LongConsumer pace;

	private final @Nullable Deduplicator deduplicator;

	MessagePipeline(NatsListenerEndpoint endpoint, MessageListener listener, Settlement settlement, ReplySender replies,
			ListenerServices services, LongConsumer pace) {
		this.endpoint = endpoint;
		this.listener = listener;
		this.settlement = settlement;
		this.replies = replies;
		this.services = services;
		this.completions = new FallbackExecutor(services.executor());
		this.observed = observed(endpoint);
		this.pace = pace;
		this.deduplicator = Deduplicator.of(endpoint, settlement);
	}

	private static ObservedEndpoint observed(NatsListenerEndpoint endpoint) {
		String group = endpoint.isJetStream() ? endpoint.consumer() : endpoint.queue();
		return new ObservedEndpoint(endpoint.id(), endpoint.subjects(), group, endpoint.stream(), false);
	}

	void process(Delivery delivery) {
		int turn = delivery.begin();
		try {
			observe(delivery, turn);
		}
		catch (Throwable ex) {
			release(delivery);
			this.settlement.failed(delivery, turn, ex, -1);
		}
	}

	@SuppressWarnings("try")
	private void observe(Delivery delivery, int turn) {
		this.settlement.begin(delivery);
		Observation observation = this.services.observations().process(this.observed, delivery.message());
		try (Observation.Scope scope = observation.openScope()) {
			handle(delivery, turn, observation);
		}
	}

	private void handle(Delivery delivery, int turn, Observation observation) {
		if (this.settlement.isExhausted(delivery)) {
			failed(delivery, turn, new DeliveriesExhaustedException(delivery.deliveries() - 1), observation, -1);
			return;
		}
		long start = System.nanoTime();
		try {
			if (!this.endpoint.filter().accepts(delivery.message())) {
				this.settlement.filtered(delivery);
				observation.stop();
				return;
			}
			if (this.deduplicator != null && !this.deduplicator.claim(delivery)) {
				observation.stop();
				return;
			}
			Object result = call(delivery);
			if (result instanceof CompletionStage<?> stage) {
				later(delivery);
				LaterResult.of(stage, List.of(delivery))
					.whenCompleteAsync((value, failure) -> later(delivery, turn, value, failure, observation, start),
							this.completions);
				return;
			}
			conclude(delivery, result);
		}
		catch (Throwable ex) {
			failed(delivery, turn, ex, observation, measure(start));
			return;
		}
		succeeded(delivery, turn, observation, measure(start));
	}

	/**
	 * On an interrupted thread the client would drop what is sent.
	 */
	private @Nullable Object call(Delivery delivery) throws Throwable {
		try {
			return this.listener.onMessage(delivery);
		}
		finally {
			Thread.interrupted();
		}
	}

	private static void later(Delivery delivery) {
		MessageClaim claim = delivery.claim();
		if (claim != null) {
			claim.later();
		}
	}

	private void later(Delivery delivery, int turn, @Nullable Object value, @Nullable Throwable failure,
			Observation observation, long start) {
		delivery.setSettler(Thread.currentThread());
		try {
			settleLater(delivery, turn, value, failure, observation, start);
		}
		catch (Throwable ex) {
			release(delivery);
			this.settlement.failed(delivery, turn, ex, -1);
		}
		finally {
			delivery.setSettler(null);
		}
	}

	@SuppressWarnings("try")
	private void settleLater(Delivery delivery, int turn, @Nullable Object value, @Nullable Throwable failure,
			Observation observation, long start) {
		try (Observation.Scope scope = observation.openScope()) {
			if (failure != null) {
				failed(delivery, turn, cause(failure), observation, measure(start));
				return;
			}
			try {
				conclude(delivery, value);
			}
			catch (Throwable ex) {
				failed(delivery, turn, ex, observation, measure(start));
				return;
			}
			succeeded(delivery, turn, observation, measure(start));
		}
	}

	private static Throwable cause(Throwable failure) {
		return (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause() : failure;
	}

	/**
	 * The handler has succeeded. The mark comes after the reply: a message without a
	 * reply must not become a duplicate.
	 */
	private void conclude(Delivery delivery, @Nullable Object value) {
		if (value != null) {
			this.replies.send(delivery, value);
		}
		MessageClaim claim = delivery.claim();
		if (claim != null) {
			claim.confirm(delivery.isDecided());
		}
	}

	private static void release(Delivery delivery) {
		MessageClaim claim = delivery.claim();
		if (claim != null) {
			claim.release();
		}
	}

	private long measure(long start) {
		long duration = System.nanoTime() - start;
		this.pace.accept(duration);
		return duration;
	}

	private void succeeded(Delivery delivery, int turn, Observation observation, long duration) {
		this.settlement.succeeded(delivery, turn, duration);
		observation.stop();
	}

	private void failed(Delivery delivery, int turn, Throwable cause, Observation observation, long duration) {
		release(delivery);
		observation.error(cause);
		this.settlement.failed(delivery, turn, cause, duration);
		observation.stop();
	}

}
