package dev.natsboot.annotation;

import java.lang.reflect.Method;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.MethodParameter;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;
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
		return isLater(method.getReturnType());
	}

	private static boolean isLater(Class<?> type) {
		return CompletionStage.class.isAssignableFrom(type)
				|| (type != void.class && ReactiveAdapterRegistry.getSharedInstance().getAdapter(type) != null);
	}

	/**
	 * Whether a method gives a value, at once or later: a future of nothing and a Kotlin
	 * function that suspends and gives nothing are as good as {@code void}.
	 */
	static boolean hasValue(Method method) {
		MethodParameter result = new MethodParameter(method, -1);
		Class<?> type = result.getParameterType();
		Class<?> value = isLater(type) ? ResolvableType.forMethodParameter(result).getGeneric().toClass() : type;
		return value != void.class && value != Void.class;
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
