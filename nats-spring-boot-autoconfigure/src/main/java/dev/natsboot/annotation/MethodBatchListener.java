package dev.natsboot.annotation;

import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import dev.natsboot.listener.BatchListenerFailedException;
import dev.natsboot.listener.BatchMessageListener;
import dev.natsboot.listener.Delivery;
import org.jspecify.annotations.Nullable;

/**
 * Handles batches with a method.
 */
final class MethodBatchListener implements BatchMessageListener {

	private final HandlerInvoker invoker;

	private final HandlerArgument element;

	private final Function<Batch, Object>[] arguments;

	private final UnaryOperator<@Nullable Object> result;

	private final Predicate<Throwable> undone;

	MethodBatchListener(HandlerInvoker invoker, HandlerArgument element, Function<Batch, Object>[] arguments,
			UnaryOperator<@Nullable Object> result, Predicate<Throwable> undone) {
		this.invoker = invoker;
		this.element = element;
		this.arguments = arguments;
		this.result = result;
		this.undone = undone;
	}

	@Override
	public @Nullable Object element(Delivery delivery) throws Throwable {
		return this.element.resolve(delivery.message(), delivery);
	}

	@Override
	public @Nullable Object onBatch(Batch batch) throws Throwable {
		@Nullable Object[] values = new Object[this.arguments.length];
		for (int i = 0; i < values.length; i++) {
			values[i] = this.arguments[i].apply(batch);
		}
		return this.result.apply(this.invoker.invoke(values));
	}

	@Override
	public boolean isUndoneBy(BatchListenerFailedException failure) {
		return this.undone.test(failure);
	}

}
