package dev.natsboot.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import dev.natsboot.faults.processor.Behaviour;
import dev.natsboot.faults.processor.LedgerEntry;
import dev.natsboot.faults.processor.LedgerEntry.Event;
import dev.natsboot.faults.processor.Order;
import dev.natsboot.test.EmbeddedNatsNode;
import dev.natsboot.test.EmbeddedNatsServer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.netcrusher.core.reactor.NioReactor;

import org.springframework.util.FileSystemUtils;
import org.springframework.util.StringUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server or a cluster, a database, and processors in JVMs of their own.
 */
final class FaultRig implements AutoCloseable {

	private static final int ROOM = 2_000_000;

	private final Path directory;

	private final PostgresServer database;

	private EmbeddedNatsServer server;

	private final NioReactor reactor = Network.reactor();

	private final Streams streams;

	private final DirectSender sender;

	private final List<Processor> processors = new ArrayList<>();

	private int number;

	FaultRig(int nodes, String... configuration) {
		this.directory = directory();
		this.database = new PostgresServer(this.directory.resolve("database"));
		this.database.createTables();
		this.server = server(nodes, 0, configuration);
		this.streams = new Streams(this.server.getUrl());
		this.streams.create(nodes, ROOM);
		this.sender = new DirectSender(this.streams.connection());
	}

	private EmbeddedNatsServer server(int nodes, int port, String... configuration) {
		return EmbeddedNatsServer.builder()
			.clusterSize(nodes)
			.port(port)
			.storeDirectory(this.directory.resolve("streams"))
			.configuration(StringUtils.addStringToArray(configuration, "lame_duck_grace_period: \"500ms\""))
			.start();
	}

	/**
	 * Stop a single server and start it again with another configuration.
	 */
	void restartServer(String... configuration) throws InterruptedException {
		int port = this.server.getPort();
		this.server.close();
		this.server = server(1, port, configuration);
		this.streams.awaitReachable();
	}

	private static Path directory() {
		try {
			return Files.createTempDirectory("fault-tests-");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Start a processor and wait until it is ready.
	 */
	Processor processor(String... properties) throws InterruptedException {
		Network network = new Network(this.reactor,
				this.server.getNodes().stream().map(EmbeddedNatsNode::getPort).toList());
		Processor processor = new Processor("processor-" + this.processors.size(), this.directory, network,
				this.database.url(), List.of(properties));
		this.processors.add(processor);
		restart(processor);
		return processor;
	}

	void restart(Processor processor) throws InterruptedException {
		int since = processor.ledger().count();
		processor.start();
		processor.awaitReady(since);
	}

	/**
	 * Publish an order.
	 * @return its id
	 */
	String publish(Behaviour behaviour, int amount) {
		Order order = new Order(behaviour + "-" + this.number++, behaviour, amount);
		this.sender.send(order, order.id()).join();
		return order.id();
	}

	List<String> publish(int count, Behaviour behaviour, int amount) {
		return IntStream.range(0, count).mapToObj((index) -> publish(behaviour, amount)).toList();
	}

	/**
	 * Count what processors have written down about an order.
	 */
	long count(Event event, String order) {
		return entries().stream().filter((entry) -> entry.event() == event && entry.order().equals(order)).count();
	}

	long count(Event event) {
		return entries().stream().filter((entry) -> entry.event() == event).count();
	}

	List<LedgerEntry> entries() {
		return this.processors.stream().flatMap((processor) -> processor.ledger().entries().stream()).toList();
	}

	/**
	 * Wait as long as the slowest recovery may take.
	 */
	static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(30));
	}

	void awaitCrash(Processor processor) {
		await().until(() -> !processor.isAlive());
	}

	/**
	 * Wait until each of the orders is charged and no message is open.
	 */
	void awaitCharged(List<String> orders) {
		await().untilAsserted(() -> assertThat(this.database.charges()).containsKeys(orders.toArray(String[]::new)));
		awaitSettled();
		assertThat(this.streams.deadLetters()).doesNotContainKeys(orders.toArray(String[]::new));
	}

	/**
	 * The same for one order, which is charged once.
	 */
	void awaitCharged(String order) {
		awaitCharged(List.of(order));
		assertThat(this.database.charges()).containsEntry(order, 1);
	}

	/**
	 * Wait until the order is in the dead letters, once, and no message is open.
	 */
	void awaitDeadLettered(String order) {
		await().untilAsserted(() -> assertThat(this.streams.deadLetters()).containsEntry(order, 1));
		awaitSettled();
		assertThat(this.streams.deadLetters()).containsEntry(order, 1);
	}

	void awaitSettled() {
		await().untilAsserted(() -> assertThat(this.streams.inFlight()).isZero());
	}

	EmbeddedNatsServer server() {
		return this.server;
	}

	PostgresServer database() {
		return this.database;
	}

	Streams streams() {
		return this.streams;
	}

	@Override
	public void close() throws IOException {
		this.processors.forEach(Processor::close);
		this.streams.close();
		this.server.close();
		this.reactor.close();
		this.database.close();
		FileSystemUtils.deleteRecursively(this.directory);
	}

}
