package dev.natsboot.casestudy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

import dev.natsboot.run.ChildProcess;
import dev.natsboot.run.Console;
import dev.natsboot.run.JavaCommand;
import dev.natsboot.run.RunException;
import dev.natsboot.run.RunFolder;
import dev.natsboot.test.EmbeddedNatsServer;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Everything that the case study starts, and stops again whatever happens: first the
 * samples, then the gateway, then nats-server.
 */
final class RunningSystem implements AutoCloseable {

	static final String ORDER_SERVICE = "order service";

	static final String PAYMENT = "payment";

	static final String PROCESSOR = "inventory and audit";

	static final String GATEWAY = "payment gateway";

	/**
	 * Customers wait for their payment, not for inventory and audit: these take what is
	 * left of the processors, and catch up from their streams.
	 */
	private static final List<String> LATER = List.of("nice", "-n", "19");

	private final ReentrantLock lock = new ReentrantLock();

	private final Path root;

	private final RunFolder folder;

	private final CaseStudyOptions options;

	private final Ports ports;

	private final List<Sample> samples = new ArrayList<>();

	private @Nullable Sample gateway;

	private @Nullable EmbeddedNatsServer nats;

	private @Nullable DatabaseServer databases;

	private boolean closed;

	RunningSystem(Path root, RunFolder folder, CaseStudyOptions options) {
		this.root = root;
		this.folder = folder;
		this.options = options;
		this.ports = options.ports();
	}

	void start(HttpClient client) throws InterruptedException {
		Console.say("Starting nats-server on port %d", this.ports.nats());
		guarded(() -> this.nats = EmbeddedNatsServer.builder()
			.port(this.ports.nats())
			.storeDirectory(this.folder.streams())
			.configuration("log_file: \"" + this.folder.log("nats-server") + "\"")
			.start());
		guarded(() -> this.databases = this.options.database().start(this.folder));
		Console.say("Starting the payment gateway, two processors and the order service on ports %d, %d, %d and %d",
				this.ports.gateway(), this.ports.payment(), this.ports.processor(), this.ports.order());
		guarded(() -> this.gateway = java(GATEWAY, "sample-processor", "gateway", this.ports.gateway(),
				this.ports.gateway("/actuator/health"), "--spring.profiles.active=gateway"));
		guarded(() -> this.samples.add(java(PAYMENT, "sample-processor", "processor", this.ports.payment(),
				this.ports.payment("/actuator/health"), "--payment.gateway.url=" + this.ports.gateway(""),
				"--sample.processor.roles=payment")));
		guarded(() -> this.samples.add(java(PROCESSOR, "sample-processor", "processor", this.ports.processor(),
				this.ports.processor("/actuator/health"), "--sample.processor.roles=inventory,audit")));
		guarded(() -> this.samples.add(java(ORDER_SERVICE, "sample-order-service", "orders", this.ports.order(),
				this.ports.orderService("/actuator/health"))));
		for (Sample child : children()) {
			child.awaitHealth(client);
		}
	}

	private Sample java(String name, String module, String database, int port, String health, String... arguments) {
		List<String> command = new ArrayList<>(name.equals(PROCESSOR) ? LATER : List.of());
		command.addAll(List.of(JavaCommand.java(), "-Xmx1g", "-XX:+UseParallelGC", "-Dh2.bindAddress=127.0.0.1",
				"-Djava.io.tmpdir=" + this.folder.path()));
		if (this.options.profile() != null) {
			command.add("-XX:StartFlightRecording=settings=profile,filename="
					+ this.options.profile().resolve(logName(name) + ".jfr"));
		}
		command.addAll(List.of("-jar", program(module).toString(), "--server.port=" + port,
				"--nats.servers=" + this.ports.natsUrl(), "--nats.observation.enabled=false", "--sample.ack-mode=all"));
		command.addAll(databases().arguments(database));
		command.addAll(List.of(arguments));
		return new Sample(ChildProcess.start(name, command, this.folder.log(logName(name))), URI.create(health));
	}

	/**
	 * Return the databases of the samples.
	 * @return the running server
	 */
	DatabaseServer databases() {
		DatabaseServer server = this.databases;
		Assert.state(server != null, "There are no databases before the start");
		return server;
	}

	/**
	 * Look how much processor time everything has used, this program included.
	 * @return the time by process
	 */
	Usage usage() {
		Map<String, Stream<ProcessHandle>> processes = new LinkedHashMap<>();
		for (Sample child : children()) {
			processes.put(child.process().name(), ProcessHandle.of(child.process().pid()).stream());
		}
		processes.put("nats-server", ProcessHandle.current().descendants().filter(RunningSystem::isNatsServer));
		processes.put("database", databases().processes());
		processes.put("sender", Stream.of(ProcessHandle.current()));
		return Usage.of(processes);
	}

	private static boolean isNatsServer(ProcessHandle process) {
		return process.info().command().filter((command) -> command.contains("nats-server")).isPresent();
	}

	private Path program(String module) {
		Path target = this.root.resolve(module).resolve("target");
		try (DirectoryStream<Path> jars = Files.newDirectoryStream(target, module + "-*-exec.jar")) {
			return jars.iterator().next();
		}
		catch (IOException | NoSuchElementException ex) {
			throw new RunException("There is no " + module + "-*-exec.jar in " + target + ": build it first", ex);
		}
	}

	private static String logName(String name) {
		return name.replace(' ', '-');
	}

	private void guarded(Runnable start) {
		this.lock.lock();
		try {
			if (this.closed) {
				throw new RunException("Stopped while starting");
			}
			start.run();
		}
		finally {
			this.lock.unlock();
		}
	}

	private List<Sample> children() {
		return Stream.concat(Stream.ofNullable(this.gateway), this.samples.stream()).toList();
	}

	/**
	 * Check that everything still runs.
	 * @throws RunException naming the process that ended
	 */
	void requireAlive() {
		for (Sample child : children()) {
			if (!child.process().isAlive()) {
				throw new RunException("The " + child.process().name() + " has ended");
			}
		}
		if (this.nats == null || !this.nats.isRunning()) {
			throw new RunException("nats-server has ended");
		}
	}

	/**
	 * Show the last lines of every log.
	 */
	void showLogs() {
		for (String name : List.of("nats-server", logName(GATEWAY), logName(PAYMENT), logName(PROCESSOR),
				logName(ORDER_SERVICE))) {
			List<String> lines = this.folder.tail(name);
			if (!lines.isEmpty()) {
				Console.say("The last lines of %s", this.folder.log(name));
				lines.forEach(Console::detail);
			}
		}
	}

	@Override
	public void close() {
		this.lock.lock();
		try {
			if (this.closed) {
				return;
			}
			this.closed = true;
			this.samples.forEach((sample) -> sample.process().terminate());
			this.samples.forEach((sample) -> sample.process().awaitEnd());
			if (this.gateway != null) {
				this.gateway.process().terminate();
				this.gateway.process().awaitEnd();
			}
			if (this.nats != null) {
				this.nats.close();
			}
			if (this.databases != null) {
				this.databases.close();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

}
