package dev.natsboot.listener;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.LongConsumer;

import dev.natsboot.listener.BatchMessageListener.Batch;
import org.jspecify.annotations.Nullable;

/**
 * The way of a batch: each message is filtered, converted, deduplicated and settled on
 * its own; the handler sees those that came through.
 */
final class BatchPipeline {

	private final NatsListenerEndpoint endpoint;

	private final BatchMessageListener listener;

	private final Settlement settlement;

	private final Executor executor;

	private final LongConsumer pace;

	private final @Nullable Deduplicator deduplicator;

	BatchPipeline(NatsListenerEndpoint endpoint, BatchMessageListener listener, Settlement settlement,
			Executor executor, LongConsumer pace) {
		this.endpoint = endpoint;
		this.listener = listener;
		this.settlement = settlement;
		this.executor = new FallbackExecutor(executor);
		this.pace = pace;
		this.deduplicator = Deduplicator.of(endpoint, settlement);
	}

	/**
	 * Take what is there, up to the endpoint's size, and wait for more no longer than it
	 * lingers.
	 */
	List<Delivery> collect(Workers workers, Delivery first) {
		List<Delivery> deliveries = new ArrayList<>(this.endpoint.batchSize());
		deliveries.add(first);
		workers.poll(deliveries, this.endpoint.batchSize() - 1);
		return this.endpoint.batchLinger().isZero() ? deliveries : linger(workers, deliveries);
	}

	private List<Delivery> linger(Workers workers, List<Delivery> deliveries) {
		long deadline = System.nanoTime() + this.endpoint.batchLinger().toNanos();
		while (deliveries.size() < this.endpoint.batchSize()) {
			Delivery next = workers.poll(Duration.ofNanos(deadline - System.nanoTime()));
			if (next == null) {
				break;
			}
			deliveries.add(next);
			workers.poll(deliveries, this.endpoint.batchSize() - deliveries.size());
		}
		return deliveries;
	}

	void process(List<Delivery> deliveries) {
		List<Delivery> wanted = new ArrayList<>(deliveries.size());
		List<@Nullable Object> elements = new ArrayList<>(deliveries.size());
		for (Delivery delivery : deliveries) {
			prepare(delivery, wanted, elements);
		}
		BatchClaim claim = (this.deduplicator != null) ? this.deduplicator.claim(wanted, elements) : null;
		if (wanted.isEmpty()) {
			this.settlement.flush();
		}
		else {
			handle(new BatchSettlement(wanted, this.settlement), elements, claim);
		}
	}

	private void prepare(Delivery delivery, List<Delivery> wanted, List<@Nullable Object> elements) {
		int turn = delivery.begin();
		this.settlement.begin(delivery);
		if (this.settlement.isExhausted(delivery)) {
			this.settlement.failed(delivery, turn, new DeliveriesExhaustedException(delivery.deliveries() - 1), -1);
			return;
		}
		try {
			if (!this.endpoint.filter().accepts(delivery.message())) {
				this.settlement.filtered(delivery);
				return;
			}
			elements.add(this.listener.element(delivery));
			wanted.add(delivery);
		}
		catch (Throwable ex) {
			this.settlement.failed(delivery, turn, ex, -1);
		}
	}

	private void handle(BatchSettlement batch, List<@Nullable Object> elements, @Nullable BatchClaim claim) {
		long start = System.nanoTime();
		try {
			Object result = call(new Batch(batch.deliveries(), elements, batch));
			if (result instanceof CompletionStage<?> stage) {
				if (claim != null) {
					claim.later();
				}
				LaterResult.of(stage, batch.deliveries())
					.whenCompleteAsync((value, failure) -> completedLater(batch, claim, failure, start), this.executor);
				return;
			}
			completed(batch, claim, null, start);
		}
		catch (Throwable ex) {
			completed(batch, claim, ex, start);
		}
	}

	/**
	 * On an interrupted thread the client would drop what is sent.
	 */
	private @Nullable Object call(Batch batch) throws Throwable {
		try {
			return this.listener.onBatch(batch);
		}
		finally {
			Thread.interrupted();
		}
	}

	private void completedLater(BatchSettlement batch, @Nullable BatchClaim claim, @Nullable Throwable failure,
			long start) {
		batch.deliveries().forEach((delivery) -> delivery.setSettler(Thread.currentThread()));
		try {
			completed(batch, claim, failure, start);
		}
		finally {
			batch.deliveries().forEach((delivery) -> delivery.setSettler(null));
		}
	}

	private void completed(BatchSettlement batch, @Nullable BatchClaim claim, @Nullable Throwable failure, long start) {
		long each = (System.nanoTime() - start) / batch.size();
		this.pace.accept(each);
		Throwable cause = (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
				: failure;
		if (cause instanceof BatchListenerFailedException some && batch.contains(some.getFailures().keySet())) {
			settle(batch, claim, some, each);
		}
		else {
			settle(batch, claim, Map.of(), cause, false, each);
		}
	}

	private void settle(BatchSettlement batch, @Nullable BatchClaim claim, BatchListenerFailedException some,
			long each) {
		boolean undone = this.listener.isUndoneBy(some);
		boolean lost = undone && this.endpoint.ackMode() == AckMode.NONE;
		settle(batch, claim, some.getFailures(), lost ? some : null, undone && isAutomatic(), each);
	}

	/**
	 * What is settled by hand is left to the hand.
	 */
	private boolean isAutomatic() {
		return this.endpoint.ackMode() == AckMode.AUTO || this.endpoint.ackMode() == AckMode.ALL;
	}

	private static void settle(BatchSettlement batch, @Nullable BatchClaim claim, Map<Integer, Throwable> some,
			@Nullable Throwable all, boolean undone, long each) {
		if (claim != null) {
			claim.settle(batch, some, all, undone, each);
			return;
		}
		batch.fail(some);
		if (undone) {
			batch.undo(each);
		}
		else {
			batch.settle(all, each);
		}
	}

}
