package dev.natsboot.actuate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.natsboot.actuate.NatsDescriptor.Listener;
import dev.natsboot.actuate.NatsDescriptor.RequestHandler;
import dev.natsboot.actuate.NatsDescriptor.Service;
import dev.natsboot.connection.ConnectionCounts;
import dev.natsboot.connection.ConnectionState;
import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.connection.NatsNotConnectedException;
import dev.natsboot.listener.DeadLetterSubjects;
import dev.natsboot.listener.ListenerContainer;
import dev.natsboot.listener.NatsListenerEndpoint;
import dev.natsboot.service.NatsServiceDiscovery;
import dev.natsboot.service.RequestHandlerContainer;
import dev.natsboot.service.ServiceInfo;
import dev.natsboot.service.ServiceQuery;
import dev.natsboot.topology.TopologyDifference;
import dev.natsboot.topology.TopologyProvisioner;
import io.nats.client.JetStreamOptions;
import org.jspecify.annotations.Nullable;

/**
 * Describes everything for the endpoint.
 */
final class DescriptorFactory {

	private final Map<String, NatsConnectionManager> managers;

	private final NatsEndpoints endpoints;

	private final JetStreamOptions options;

	private final @Nullable NatsServiceDiscovery discovery;

	DescriptorFactory(Map<String, NatsConnectionManager> managers, NatsEndpoints endpoints, JetStreamOptions options,
			@Nullable NatsServiceDiscovery discovery) {
		this.managers = managers;
		this.endpoints = endpoints;
		this.options = options;
		this.discovery = discovery;
	}

	NatsDescriptor create(boolean discover) {
		Map<String, NatsDescriptor.Connection> connections = new LinkedHashMap<>();
		this.managers.forEach((name, manager) -> connections.put(name, describe(manager)));
		Map<String, Listener> listeners = new TreeMap<>();
		this.endpoints.listeners().forEach((listener) -> listeners.put(listener.getId(), describe(listener)));
		Map<String, RequestHandler> handlers = new TreeMap<>();
		this.endpoints.requestHandlers().forEach((handler) -> handlers.put(handler.getId(), describe(handler)));
		StreamLookup lookup = lookUp();
		return new NatsDescriptor(connections, listeners, handlers, services(this.endpoints.services()),
				discover ? discovered() : null, topology(), lookup.streams(), lookup.consumers(), lookup.deadLetters());
	}

	private static NatsDescriptor.Connection describe(NatsConnectionManager manager) {
		ConnectionState state = manager.state();
		ConnectionCounts counts = manager.counts();
		return new NatsDescriptor.Connection(state.status().name(), state.since(), state.url(), state.serverName(),
				state.serverVersion(), state.jetStream(), state.lastError(), state.attempts(), counts.connections(),
				counts.reconnects());
	}

	static Listener describe(ListenerContainer container) {
		NatsListenerEndpoint endpoint = container.getEndpoint();
		return new Listener(container.getState(), container.getConnectionName(), endpoint.subjects(), endpoint.queue(),
				endpoint.stream(), endpoint.consumer(), consumerType(endpoint), endpoint.concurrency(),
				describe(container.getDifferences()));
	}

	private static @Nullable String consumerType(NatsListenerEndpoint endpoint) {
		return endpoint.isJetStream() ? endpoint.consumerType().name().toLowerCase(Locale.ROOT) : null;
	}

	private static List<String> describe(List<TopologyDifference> differences) {
		return differences.stream().map((difference) -> difference.target() + ", " + difference.summary()).toList();
	}

	static RequestHandler describe(RequestHandlerContainer container) {
		return new RequestHandler(container.getState(), container.getConnectionName(),
				container.getEndpoint().subject(), container.getEndpoint().queue(), container.getService().name(),
				container.getService().version(), container.getService().id());
	}

	/**
	 * The services that answered, or {@code null} when nobody could be asked.
	 */
	private @Nullable List<Service> discovered() {
		if (this.discovery == null) {
			return null;
		}
		try {
			return services(this.discovery.info(ServiceQuery.all()));
		}
		catch (NatsNotConnectedException ex) {
			return null;
		}
	}

	private static List<Service> services(List<ServiceInfo> services) {
		return services.stream().map(DescriptorFactory::describe).toList();
	}

	private static Service describe(ServiceInfo info) {
		Map<String, String> subjects = info.endpoints()
			.stream()
			.collect(Collectors.toMap(ServiceInfo.Endpoint::name, ServiceInfo.Endpoint::subject, (first, next) -> first,
					TreeMap::new));
		return new Service(info.instance().name(), info.instance().version(), info.instance().id(), subjects);
	}

	private NatsDescriptor.@Nullable Topology topology() {
		TopologyProvisioner provisioner = this.endpoints.topology();
		if (provisioner == null || provisioner.getTopology().isEmpty()) {
			return null;
		}
		return new NatsDescriptor.Topology(provisioner.getState(), provisioner.getConnectionName(),
				describe(provisioner.getDifferences()));
	}

	private StreamLookup lookUp() {
		StreamLookup lookup = new StreamLookup(this.options, this.managers);
		TopologyProvisioner provisioner = this.endpoints.topology();
		if (provisioner != null) {
			String connection = provisioner.getConnectionName();
			provisioner.getTopology().streamNames().forEach((stream) -> lookup.stream(connection, stream));
			provisioner.getTopology()
				.consumers()
				.forEach((consumer) -> lookup.consumer(connection, consumer.stream(),
						String.valueOf(consumer.configuration().getDurable())));
		}
		this.endpoints.listeners().forEach((listener) -> lookUp(lookup, listener));
		return lookup;
	}

	private static void lookUp(StreamLookup lookup, ListenerContainer listener) {
		NatsListenerEndpoint endpoint = listener.getEndpoint();
		String deadLetters = DeadLetterSubjects.pattern(endpoint);
		if (endpoint.isJetStream() && deadLetters != null) {
			lookup.deadLetters(listener.getConnectionName(), deadLetters);
		}
		if (endpoint.stream() != null) {
			lookup.stream(listener.getConnectionName(), endpoint.stream());
			if (endpoint.consumer() != null) {
				lookup.consumer(listener.getConnectionName(), endpoint.stream(), endpoint.consumer());
			}
		}
	}

}
