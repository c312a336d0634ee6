package dev.natsboot.listener;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/**
 * A handler's result that is still to come, and that a stop may give up waiting for.
 */
final class LaterResult {

	private LaterResult() {
	}

	/**
	 * The result, or an {@link AbandonedException} when one of the deliveries is
	 * abandoned before it comes.
	 */
	static CompletionStage<@Nullable Object> of(CompletionStage<?> stage, List<Delivery> deliveries) {
		CompletableFuture<@Nullable Object> result = new CompletableFuture<>();
		stage.whenComplete((value, failure) -> complete(result, value, failure));
		deliveries.forEach((delivery) -> delivery.onAbandon(() -> abandon(result, stage)));
		return result;
	}

	private static void complete(CompletableFuture<@Nullable Object> result, @Nullable Object value,
			@Nullable Throwable failure) {
		if (failure != null) {
			result.completeExceptionally(failure);
		}
		else {
			result.complete(value);
		}
	}

	private static void abandon(CompletableFuture<@Nullable Object> result, CompletionStage<?> stage) {
		if (result.completeExceptionally(new AbandonedException())
				&& stage instanceof CompletableFuture<?> cancellable) {
			cancellable.cancel(true);
		}
	}

	/**
	 * The listener was stopped before the result came.
	 */
	@SuppressWarnings("serial")
	static final class AbandonedException extends RuntimeException {

		AbandonedException() {
			super("The listener was stopped before the result came");
		}

	}

}
