package dev.natsboot.annotation;

import java.util.function.Function;
import java.util.function.UnaryOperator;

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

	MethodBatchListener(HandlerInvoker invoker, HandlerArgument element, Function<Batch, Object>[] arguments,
			UnaryOperator<@Nullable Object> result) {
		this.invoker = invoker;
		this.element = element;
		this.arguments = arguments;
		this.result = result;
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

}
