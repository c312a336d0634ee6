package dev.natsboot.actuate;

import java.util.function.Supplier;

import dev.natsboot.listener.ListenerContainer;
import dev.natsboot.service.RequestHandlerContainer;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What can be done with a listener or a request handler.
 */
record Controls(Runnable start, Runnable stop, Runnable pause, Runnable resume,
		Supplier<OperationResponseBody> describe) {

	/**
	 * Find something by its id, a listener before a request handler.
	 */
	static @Nullable Controls of(NatsEndpoints endpoints, String id) {
		for (ListenerContainer listener : endpoints.listeners()) {
			if (listener.getId().equals(id)) {
				return new Controls(listener::start, listener::stop, listener::pause, listener::resume,
						() -> DescriptorFactory.describe(listener));
			}
		}
		for (RequestHandlerContainer handler : endpoints.requestHandlers()) {
			if (handler.getId().equals(id)) {
				return new Controls(handler::start, handler::stop, handler::pause, handler::resume,
						() -> DescriptorFactory.describe(handler));
			}
		}
		return null;
	}

}
