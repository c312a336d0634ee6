package dev.natsboot.observation;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

import dev.natsboot.connection.ConnectionState.Status;
import dev.natsboot.connection.NatsConnectionManager;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.nats.client.Connection;
import io.nats.client.Statistics;

/**
 * Meters of the application's connections, with the tag {@code connection}. What the
 * client counts begins again when a connection was closed for good and replaced.
 */
public class NatsConnectionMetrics implements MeterBinder, AutoCloseable {

	private final List<NatsConnectionManager> connections;

	private final Collection<Registered> registered = ConcurrentHashMap.newKeySet();

	/**
	 * Create the meters of connections.
	 * @param connections the connections
	 */
	public NatsConnectionMetrics(Collection<NatsConnectionManager> connections) {
		this.connections = List.copyOf(connections);
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		for (NatsConnectionManager connection : this.connections) {
			bindState(connection, registry);
			bindTraffic(connection, registry);
		}
	}

	private void bindState(NatsConnectionManager manager, MeterRegistry registry) {
		remember(registry, Gauge
			.builder("nats.connection.up", manager, (source) -> (source.state().status() == Status.CONNECTED) ? 1 : 0)
			.description("Whether the connection is up: 1 or 0")
			.tag("connection", manager.name())
			.register(registry));
		remember(registry, Gauge
			.builder("nats.connection.outstanding.requests", manager, (source) -> source.counts().outstandingRequests())
			.description("Requests that wait for their reply")
			.baseUnit("requests")
			.tag("connection", manager.name())
			.register(registry));
		counter(registry, manager, "nats.connection.reconnects", "Times that a lost connection came back", "",
				(source) -> source.counts().reconnects());
		counter(registry, manager, "nats.connection.dropped.messages",
				"Received messages that were dropped because a subscription was too slow", BaseUnits.MESSAGES,
				(source) -> source.counts().droppedMessages());
		counter(registry, manager, "nats.connection.discarded.messages",
				"Messages that were not sent because the outgoing queue was full", BaseUnits.MESSAGES,
				(source) -> source.counts().discardedMessages());
	}

	private void bindTraffic(NatsConnectionManager manager, MeterRegistry registry) {
		counter(registry, manager, "nats.connection.received.messages", "Messages received", BaseUnits.MESSAGES,
				(source) -> statistic(source, Statistics::getInMsgs));
		counter(registry, manager, "nats.connection.received.bytes", "Bytes received", BaseUnits.BYTES,
				(source) -> statistic(source, Statistics::getInBytes));
		counter(registry, manager, "nats.connection.sent.messages", "Messages sent", BaseUnits.MESSAGES,
				(source) -> statistic(source, Statistics::getOutMsgs));
		counter(registry, manager, "nats.connection.sent.bytes", "Bytes sent", BaseUnits.BYTES,
				(source) -> statistic(source, Statistics::getOutBytes));
	}

	private void counter(MeterRegistry registry, NatsConnectionManager manager, String name, String description,
			String unit, ToDoubleFunction<NatsConnectionManager> value) {
		remember(registry,
				FunctionCounter.builder(name, manager, value)
					.description(description)
					.baseUnit(unit.isEmpty() ? null : unit)
					.tag("connection", manager.name())
					.register(registry));
	}

	private static double statistic(NatsConnectionManager manager, ToDoubleFunction<Statistics> value) {
		Connection connection = manager.currentOrNull();
		return (connection != null) ? value.applyAsDouble(connection.getStatistics()) : 0;
	}

	private void remember(MeterRegistry registry, Meter meter) {
		this.registered.add(new Registered(registry, meter));
	}

	/**
	 * Remove all meters.
	 */
	@Override
	public void close() {
		this.registered.forEach((registered) -> registered.registry().remove(registered.meter()));
		this.registered.clear();
	}

	private record Registered(MeterRegistry registry, Meter meter) {
	}

}
