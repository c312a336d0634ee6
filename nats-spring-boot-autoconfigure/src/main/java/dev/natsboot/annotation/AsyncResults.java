package dev.natsboot.annotation;

import java.lang.reflect.Method;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.util.Assert;

/**
 * Turns what a handler method returns into a plain value or a {@link CompletionStage}.
 */
final class AsyncResults {

	private AsyncResults() {
	}

	/**
	 * Whether a method says that its result comes later.
	 */
	static boolean isLater(Method method) {
		Class<?> type = method.getReturnType();
		return CompletionStage.class.isAssignableFrom(type)
				|| (type != void.class && ReactiveAdapterRegistry.getSharedInstance().getAdapter(type) != null);
	}

	static UnaryOperator<@Nullable Object> adapter(Method method) {
		Class<?> type = method.getReturnType();
		if (CompletionStage.class.isAssignableFrom(type) || type == void.class) {
			return (value) -> value;
		}
		ReactiveAdapter adapter = ReactiveAdapterRegistry.getSharedInstance().getAdapter(type);
		if (adapter == null) {
			return (value) -> value;
		}
		Assert.state(!adapter.isMultiValue(), () -> "Method " + method + " returns a stream of values, which can't be "
				+ "one reply: return a single one, for example a Mono<List<…>>");
		return (value) -> (value != null) ? Reactive.future(adapter, value) : null;
	}

	/**
	 * Apart from the rest, as Reactor is optional.
	 */
	private static final class Reactive {

		static CompletionStage<?> future(ReactiveAdapter adapter, Object value) {
			return Mono.from(adapter.toPublisher(value)).toFuture();
		}

	}

}
