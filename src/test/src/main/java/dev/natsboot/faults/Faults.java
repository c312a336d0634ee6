package dev.natsboot.faults;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.natsboot.faults.ServerFault.Ending;
import dev.natsboot.test.EmbeddedNatsNode;

/**
 * Makes faults from plans.
 */
final class Faults {

	/** About half a second of orders. */
	private static final int ROOM_FOR_ORDERS = 16_000;

	/** A few of them. */
	private static final int ROOM_FOR_DEAD_LETTERS = 2000;

	private static final int SHORTEST_LATENCY = 50;

	private static final int LATENCIES = 200;

	private final Site site;

	Faults(Site site) {
		this.site = site;
	}

	Fault fault(FaultPlan plan) {
		return switch (plan.kind()) {
			case SERVER_KILLED, NODE_KILLED -> server(plan, Ending.KILLED);
			case SERVER_RESTARTED, NODE_RESTARTED -> server(plan, Ending.STOPPED);
			case SERVER_LAME_DUCK, NODE_LAME_DUCK -> server(plan, Ending.LAME_DUCK);
			case CONSUMER_LEADER_KILLED -> leader(() -> this.site.streams().consumerLeader());
			case STREAM_LEADER_KILLED -> leader(() -> this.site.streams().streamLeader());
			case CONNECTION_CUT -> network(plan, Network::cut, Network::mend);
			case CONNECTION_FROZEN -> network(plan, Network::freeze, Network::thaw);
			case CONNECTION_HALF_OPEN -> network(plan, Network::freeze, Network::replace);
			case LATENCY -> latency(plan);
			case STREAMS_FULL -> everywhere(this::fill, this::lift);
			case STORE_FULL -> everywhere(this.site.streams().ballast()::load, this.site.streams().ballast()::drop);
			case PROCESSOR_KILLED -> new ProcessorFault(processor(plan), Processor::kill);
			case PROCESSOR_STOPPED -> new ProcessorFault(processor(plan), Processor::stop);
			case DATABASE_STOPPED -> everywhere(this.site.database()::stop, this.site.database()::start);
		};
	}

	private Fault server(FaultPlan plan, Ending ending) {
		List<EmbeddedNatsNode> nodes = this.site.server().getNodes();
		return server(() -> nodes.get(plan.choose(nodes.size())), ending);
	}

	private Fault leader(Supplier<String> name) {
		return server(() -> {
			String leader = name.get();
			return this.site.server()
				.getNodes()
				.stream()
				.filter((node) -> node.getName().equals(leader))
				.findFirst()
				.orElseThrow();
		}, Ending.KILLED);
	}

	private Fault server(Supplier<EmbeddedNatsNode> victim, Ending ending) {
		return new ServerFault(this.site.server(), this.site.streams(), this.site.processors(), victim, ending);
	}

	/**
	 * Either everybody's network is disturbed or that of one processor.
	 */
	private Fault network(FaultPlan plan, Consumer<Network> disturbance, Consumer<Network> end) {
		List<Processor> processors = this.site.processors();
		int choice = plan.choose(2 * processors.size());
		if (choice < processors.size()) {
			Processor processor = processors.get(choice);
			return new NetworkFault(List.of(processor.network()), List.of(processor), disturbance, end);
		}
		return new NetworkFault(this.site.networks(), processors, disturbance, end);
	}

	private Fault latency(FaultPlan plan) {
		Duration latency = Duration.ofMillis(SHORTEST_LATENCY + plan.choose(LATENCIES));
		return network(plan, (network) -> network.delay(latency), (network) -> network.delay(Duration.ZERO));
	}

	private void fill() {
		this.site.streams().fill(Streams.ORDERS, ROOM_FOR_ORDERS);
		this.site.streams().fill(Streams.DEAD_LETTERS, ROOM_FOR_DEAD_LETTERS);
	}

	private void lift() {
		this.site.streams().lift(Streams.ORDERS);
		this.site.streams().lift(Streams.DEAD_LETTERS);
	}

	private Fault everywhere(Runnable injection, Runnable removal) {
		return new SimpleFault(this.site.processors(), injection, removal);
	}

	private Processor processor(FaultPlan plan) {
		return this.site.processors().get(plan.choose(this.site.processors().size()));
	}

}
