package dev.natsboot.faults;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import dev.natsboot.run.Console;
import dev.natsboot.test.EmbeddedNatsNode;
import dev.natsboot.test.EmbeddedNatsServer;
import org.netcrusher.core.reactor.NioReactor;

/**
 * Everything that runs at the same time: servers, processors, producers, and the networks
 * between them.
 */
final class Site implements AutoCloseable {

	private static final int PROCESSORS = 3;

	private static final int ORDERS_PER_SECOND = 60;

	/** Of the store, besides dead letters and ballast. */
	private static final int ORDERS_SHARE = 3;

	/** An order that was refused is published again with another message id. */
	private static final List<String> PROPERTIES = List.of("--processor.idempotency=true",
			"--processor.idempotency-key=subject[1]", "--nats.listener.idempotency.store=jdbc",
			"--nats.listener.idempotency.jdbc.initialize-schema=never", Processor.IMPATIENT);

	private final List<AutoCloseable> open = new ArrayList<>();

	private final Map<String, Long> published = new ConcurrentHashMap<>();

	private final EmbeddedNatsServer server;

	private final NioReactor reactor;

	private final PostgresServer database;

	private final Streams streams;

	private final Network producerNetwork;

	private final List<Processor> processors = new ArrayList<>();

	private final List<Producer> producers = new ArrayList<>();

	/**
	 * Create a site.
	 * @param quota the bytes that the store of each server may have
	 */
	Site(Path directory, int nodes, PostgresServer database, long quota) {
		this.database = database;
		this.reactor = opened(Network.reactor());
		try {
			this.server = opened(EmbeddedNatsServer.builder()
				.clusterSize(nodes)
				.storeDirectory(directory.resolve("streams"))
				.configuration("lame_duck_grace_period: \"500ms\"", "jetstream { max_file_store: " + quota + " }",
						"log_file: \"" + directory.resolve("nats-server.log") + "\"")
				.start());
			this.streams = opened(new Streams(this.server.getUrl()));
			this.streams.create(nodes, quota / ORDERS_SHARE);
			this.producerNetwork = opened(network());
			for (int number = 1; number <= PROCESSORS; number++) {
				this.processors.add(
						opened(new Processor("processor-" + number, directory, network(), database.url(), PROPERTIES)));
			}
		}
		catch (RuntimeException ex) {
			close();
			throw ex;
		}
	}

	private <T extends AutoCloseable> T opened(T resource) {
		this.open.add(resource);
		return resource;
	}

	private Network network() {
		return new Network(this.reactor, this.server.getNodes().stream().map(EmbeddedNatsNode::getPort).toList());
	}

	void start(long seed) throws InterruptedException {
		this.database.createTables();
		this.processors.forEach(Processor::start);
		for (Processor processor : this.processors) {
			processor.awaitReady(0);
		}
		produce(new TemplateSender(this.producerNetwork), new Orders("template", seed));
		produce(new DirectSender(this.streams.connection()), new Orders("direct", seed + 1));
	}

	private void produce(Sender sender, Orders orders) {
		Producer producer = opened(new Producer(sender, orders, this.published));
		this.producers.add(producer);
		producer.start(ORDERS_PER_SECOND);
	}

	EmbeddedNatsServer server() {
		return this.server;
	}

	Streams streams() {
		return this.streams;
	}

	PostgresServer database() {
		return this.database;
	}

	List<Processor> processors() {
		return this.processors;
	}

	List<Producer> producers() {
		return this.producers;
	}

	Map<String, Long> published() {
		return this.published;
	}

	/**
	 * Return all networks that can be disturbed.
	 * @return those of the processors and of the producer
	 */
	List<Network> networks() {
		return Stream.concat(this.processors.stream().map(Processor::network), Stream.of(this.producerNetwork))
			.toList();
	}

	@Override
	public void close() {
		for (int index = this.open.size() - 1; index >= 0; index--) {
			try {
				this.open.get(index).close();
			}
			catch (Exception ex) {
				Console.say("%s", "Something can't be closed: " + ex);
			}
		}
	}

}
