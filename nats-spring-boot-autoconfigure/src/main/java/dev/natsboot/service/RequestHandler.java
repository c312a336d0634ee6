package dev.natsboot.service;

import dev.natsboot.core.NatsExecutor;
import io.nats.client.Message;
import org.jspecify.annotations.Nullable;

/**
 * Answers the requests of one {@link RequestEndpoint}. Called on a thread of the
 * {@link NatsExecutor}, by as many threads at a time as the endpoint's concurrency
 * allows.
 */
@FunctionalInterface
public interface RequestHandler {

	/**
	 * Handle a request. What is returned is the reply:
	 * <ul>
	 * <li>{@code null}: an empty reply</li>
	 * <li>a {@link java.util.concurrent.CompletionStage}: what it completes with</li>
	 * <li>a reactive type such as {@code Mono}, when Reactor is on the class path: the
	 * value that it emits; all values as a list when the type emits many</li>
	 * <li>{@link dev.natsboot.convert.EncodedPayload} or {@link Message}: their bytes and
	 * headers as they are</li>
	 * <li>anything else: encoded by the
	 * {@link dev.natsboot.convert.PayloadConverter}</li>
	 * </ul>
	 * @param request the request as it was received; without a reply subject the result
	 * is dropped
	 * @return the reply or a promise of it
	 * @throws Throwable any failure becomes an error reply, with the code that the
	 * {@link ServiceErrorResolver} finds
	 */
	@Nullable Object handle(Message request) throws Throwable;

}
