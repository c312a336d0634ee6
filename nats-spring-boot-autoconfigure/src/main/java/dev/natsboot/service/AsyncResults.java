package dev.natsboot.service;

import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.util.ClassUtils;

/**
 * Recognizes results that are promises of a reply.
 */
final class AsyncResults {

	private static final boolean REACTOR_PRESENT = ClassUtils.isPresent("reactor.core.publisher.Mono",
			AsyncResults.class.getClassLoader());

	private AsyncResults() {
	}

	/**
	 * See a result as a promise.
	 * @param result what a handler returned
	 * @return the promise, or {@code null} when the result is the reply itself
	 */
	static @Nullable CompletionStage<?> promise(@Nullable Object result) {
		if (result instanceof CompletionStage<?> stage) {
			return stage;
		}
		return (REACTOR_PRESENT && result != null) ? Reactive.promise(result) : null;
	}

	/**
	 * Apart, because Reactor is optional.
	 */
	private static final class Reactive {

		static @Nullable CompletionStage<?> promise(Object result) {
			ReactiveAdapter adapter = ReactiveAdapterRegistry.getSharedInstance().getAdapter(null, result);
			if (adapter == null) {
				return null;
			}
			Publisher<?> publisher = adapter.toPublisher(result);
			return adapter.isMultiValue() ? Flux.from(publisher).collectList().toFuture()
					: Mono.from(publisher).toFuture();
		}

	}

}
