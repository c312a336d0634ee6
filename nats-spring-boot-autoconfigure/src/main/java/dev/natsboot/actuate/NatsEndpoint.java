package dev.natsboot.actuate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.service.NatsServiceDiscovery;
import io.nats.client.JetStreamOptions;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * {@link Endpoint} that shows connections, listeners, request handlers, services, streams
 * and consumers, and starts, stops, pauses and resumes listeners and request handlers.
 */
@Endpoint(id = "nats")
public class NatsEndpoint {

	private final NatsEndpoints endpoints;

	private final DescriptorFactory descriptors;

	/**
	 * Create an endpoint.
	 * @param managers the connections
	 * @param endpoints what works on them
	 * @param options how JetStream is reached
	 * @param discovery finds the services of others, or {@code null} when there is none
	 */
	public NatsEndpoint(List<NatsConnectionManager> managers, NatsEndpoints endpoints, JetStreamOptions options,
			@Nullable NatsServiceDiscovery discovery) {
		Map<String, NatsConnectionManager> byName = new TreeMap<>();
		managers.forEach((manager) -> byName.put(manager.name(), manager));
		this.endpoints = endpoints;
		this.descriptors = new DescriptorFactory(byName, endpoints, options, discovery);
	}

	/**
	 * Show everything. Streams and consumers are asked for on the server, for at most two
	 * and a half seconds; what isn't answered by then says so.
	 * @param discover whether to ask for the services of others too, which takes as long
	 * as {@code nats.service.discovery-timeout}; {@code null} for not
	 * @return what was found
	 */
	@ReadOperation
	public NatsDescriptor nats(@Nullable Boolean discover) {
		return this.descriptors.create(Boolean.TRUE.equals(discover));
	}

	/**
	 * Show a listener or a request handler.
	 * @param id its id
	 * @return the listener or request handler, or {@code null} when there is none
	 */
	@ReadOperation
	public @Nullable OperationResponseBody endpoint(@Selector String id) {
		Controls controls = Controls.of(this.endpoints, id);
		return (controls != null) ? controls.describe().get() : null;
	}

	/**
	 * Start, stop, pause or resume a listener or a request handler. Stopping and pausing
	 * wait for the running handlers, at most for the shutdown timeout.
	 * @param id its id; a listener comes before a request handler with the same id
	 * @param action {@code start}, {@code stop}, {@code pause} or {@code resume}
	 * @return the listener or request handler afterwards
	 * @throws InvalidEndpointRequestException when there is no such listener or request
	 * handler, or no such action
	 */
	@WriteOperation
	public OperationResponseBody control(@Selector String id, String action) {
		Action wanted = Action.of(action);
		Controls controls = Controls.of(this.endpoints, id);
		if (controls == null) {
			throw new UnknownIdException(id, ids());
		}
		switch (wanted) {
			case START -> controls.start().run();
			case STOP -> controls.stop().run();
			case PAUSE -> controls.pause().run();
			case RESUME -> controls.resume().run();
		}
		return controls.describe().get();
	}

	private List<String> ids() {
		List<String> ids = new ArrayList<>();
		this.endpoints.listeners().forEach((listener) -> ids.add(listener.getId()));
		this.endpoints.requestHandlers().forEach((handler) -> ids.add(handler.getId()));
		return ids.stream().distinct().sorted().toList();
	}

	/**
	 * What can be done with a listener.
	 */
	private enum Action {

		START, STOP, PAUSE, RESUME;

		static Action of(String name) {
			for (Action action : values()) {
				if (action.name().equals(name.toUpperCase(Locale.ROOT))) {
					return action;
				}
			}
			String reason = "Unknown action '" + name
					+ "': use start, stop, pause or resume, for example {\"action\":\"pause\"}";
			throw new InvalidEndpointRequestException(reason, reason);
		}

	}

	/**
	 * Nothing has this id.
	 */
	static final class UnknownIdException extends InvalidEndpointRequestException {

		private static final long serialVersionUID = 1L;

		UnknownIdException(String id, List<String> ids) {
			this("No listener or request handler has the id '" + id + "'. There "
					+ (ids.isEmpty() ? "are none" : "are: " + String.join(", ", ids)));
		}

		private UnknownIdException(String reason) {
			super(reason, reason);
		}

	}

}
