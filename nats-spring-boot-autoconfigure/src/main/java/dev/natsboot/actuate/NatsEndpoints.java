package dev.natsboot.actuate;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.natsboot.core.EndpointState;
import dev.natsboot.listener.ListenerContainer;
import dev.natsboot.listener.NatsListenerEndpointRegistry;
import dev.natsboot.service.NatsServiceRegistry;
import dev.natsboot.service.RequestHandlerContainer;
import dev.natsboot.service.ServiceInfo;
import dev.natsboot.topology.TopologyDifference;
import dev.natsboot.topology.TopologyProvisioner;
import org.jspecify.annotations.Nullable;

/**
 * All that works for the application on its NATS connections.
 */
public class NatsEndpoints {

	private final @Nullable NatsListenerEndpointRegistry listeners;

	private final @Nullable NatsServiceRegistry services;

	private final @Nullable TopologyProvisioner topology;

	/**
	 * Create a view.
	 * @param listeners the listeners, or {@code null} when the application has none
	 * @param services the request handlers, or {@code null} when the application has none
	 * @param topology the declared streams, consumers and buckets, or {@code null} when
	 * nobody provisions them
	 */
	public NatsEndpoints(@Nullable NatsListenerEndpointRegistry listeners, @Nullable NatsServiceRegistry services,
			@Nullable TopologyProvisioner topology) {
		this.listeners = listeners;
		this.services = services;
		this.topology = topology;
	}

	Collection<ListenerContainer> listeners() {
		return (this.listeners != null) ? this.listeners.getListenerContainers() : List.of();
	}

	Collection<RequestHandlerContainer> requestHandlers() {
		return (this.services != null) ? this.services.getContainers() : List.of();
	}

	/**
	 * The service instances that the request handlers form.
	 */
	List<ServiceInfo> services() {
		return (this.services != null) ? this.services.getServices() : List.of();
	}

	@Nullable TopologyProvisioner topology() {
		return this.topology;
	}

	/**
	 * What everything on one connection is doing.
	 * @return states by id by kind; only kinds of which there is something
	 */
	Map<String, Map<String, EndpointState>> states(String connection) {
		Map<String, Map<String, EndpointState>> groups = new LinkedHashMap<>();
		for (ListenerContainer listener : listeners()) {
			if (connection.equals(listener.getConnectionName())) {
				add(groups, "listeners", listener.getId(), listener.getState());
			}
		}
		for (RequestHandlerContainer handler : requestHandlers()) {
			if (connection.equals(handler.getConnectionName())) {
				add(groups, "requestHandlers", handler.getId(), handler.getState());
			}
		}
		if (this.topology != null && !this.topology.getTopology().isEmpty()
				&& connection.equals(this.topology.getConnectionName())) {
			add(groups, "topology", "jetstream", this.topology.getState());
		}
		return groups;
	}

	/**
	 * How the streams and consumers on one connection differ from what is declared, as
	 * far as that is tolerated.
	 */
	List<String> differences(String connection) {
		Stream<TopologyDifference> declared = (this.topology != null
				&& connection.equals(this.topology.getConnectionName())) ? this.topology.getDifferences().stream()
						: Stream.empty();
		Stream<TopologyDifference> used = listeners().stream()
			.filter((listener) -> connection.equals(listener.getConnectionName()))
			.flatMap((listener) -> listener.getDifferences().stream());
		return Stream.concat(declared, used)
			.map((difference) -> difference.target() + ", " + difference.summary())
			.distinct()
			.toList();
	}

	private static void add(Map<String, Map<String, EndpointState>> groups, String group, String id,
			EndpointState state) {
		groups.computeIfAbsent(group, (name) -> new LinkedHashMap<>()).put(id, state);
	}

}
