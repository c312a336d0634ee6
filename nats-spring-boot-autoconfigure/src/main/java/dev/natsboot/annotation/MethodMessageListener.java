package dev.natsboot.annotation;

import java.util.function.UnaryOperator;

import dev.natsboot.listener.Delivery;
import dev.natsboot.listener.MessageListener;
import org.jspecify.annotations.Nullable;

/**
 * Handles single messages with a method.
 */
final class MethodMessageListener implements MessageListener {

	private final HandlerInvoker invoker;

	private final HandlerArgument[] arguments;

	private final UnaryOperator<@Nullable Object> result;

	private final boolean answering;

	MethodMessageListener(HandlerInvoker invoker, HandlerArgument[] arguments, UnaryOperator<@Nullable Object> result,
			boolean answering) {
		this.invoker = invoker;
		this.arguments = arguments;
		this.result = result;
		this.answering = answering;
	}

	@Override
	public @Nullable Object onMessage(Delivery delivery) throws Throwable {
		@Nullable Object[] values = new Object[this.arguments.length];
		for (int i = 0; i < values.length; i++) {
			values[i] = this.arguments[i].resolve(delivery.message(), delivery);
		}
		return this.result.apply(this.invoker.invoke(values));
	}

	@Override
	public boolean isAnswering() {
		return this.answering;
	}

}
