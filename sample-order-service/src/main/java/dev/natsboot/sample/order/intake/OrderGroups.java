package dev.natsboot.sample.order.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;

/**
 * Accepts single orders that come at the same time together: what a transaction costs is
 * the commit, and one is enough for all that wait while the last one is written.
 */
@Component
class OrderGroups implements DisposableBean {

	private static final int MOST = 200;

	private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();

	private final ExecutorService worker = Executors
		.newSingleThreadExecutor(new CustomizableThreadFactory("order-groups-"));

	private final OrderIntake intake;

	OrderGroups(OrderIntake intake) {
		this.intake = intake;
	}

	AcceptedOrder accept(OrderCreated order) {
		Waiting waiting = new Waiting(order, new CompletableFuture<>());
		this.queue.add(waiting);
		this.worker.execute(this::acceptWaiting);
		try {
			return waiting.result().join();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
		}
	}

	private void acceptWaiting() {
		List<Waiting> group = new ArrayList<>();
		this.queue.drainTo(group, MOST);
		if (!group.isEmpty()) {
			accept(group);
		}
	}

	private void accept(List<Waiting> group) {
		try {
			this.intake.acceptAll(group.stream().map(Waiting::order).toList());
			group.forEach(Waiting::accepted);
		}
		catch (OrdersNotAcknowledgedException ex) {
			Set<AcceptedOrder> accepted = ex.getAccepted().stream().collect(Collectors.toSet());
			group.forEach((waiting) -> waiting.acceptedIf(accepted));
		}
		catch (IdempotencyKeyReusedException | DataIntegrityViolationException ex) {
			alone(group, ex);
		}
		catch (RuntimeException ex) {
			group.forEach((waiting) -> waiting.result().completeExceptionally(ex));
		}
	}

	/**
	 * One order of the group isn't what it claims to be, or can't be stored: don't let
	 * the others suffer for it.
	 */
	private void alone(List<Waiting> group, RuntimeException ex) {
		if (group.size() == 1) {
			group.get(0).result().completeExceptionally(ex);
			return;
		}
		group.forEach((waiting) -> accept(List.of(waiting)));
	}

	@Override
	public void destroy() {
		this.worker.shutdown();
	}

	/**
	 * An order and what its sender waits for.
	 */
	private record Waiting(OrderCreated order, CompletableFuture<AcceptedOrder> result) {

		void accepted() {
			this.result.complete(AcceptedOrder.of(this.order));
		}

		void acceptedIf(Set<AcceptedOrder> accepted) {
			if (accepted.contains(AcceptedOrder.of(this.order))) {
				accepted();
			}
			else {
				this.result.completeExceptionally(new OrdersNotAcknowledgedException(1, List.of()));
			}
		}

	}

}
