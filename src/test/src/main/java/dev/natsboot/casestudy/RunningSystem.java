package dev.natsboot.casestudy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

/**
 * Everything that the case study starts, and stops again whatever happens: first the
 * samples, then the gateway, then nats-server.
 */
final class RunningSystem implements AutoCloseable {

	static final String ORDER_SERVICE = "order service";

	static final String PROCESSOR = "processor";

	static final String GATEWAY = "payment gateway";

	private final ReentrantLock lock = new ReentrantLock();

	private final Path root;

	private final RunFolder folder;

	private final Ports ports;

	private final List<Sample> samples = new ArrayList<>();

	private @Nullable Sample gateway;

	private @Nullable EmbeddedNatsServer nats;

	private boolean closed;

	RunningSystem(Path root, RunFolder folder, Ports ports) {
		this.root = root;
		this.folder = folder;
		this.ports = ports;
	}

	void start(HttpClient client) throws InterruptedException {
		Console.say("Starting nats-server on port %d", this.ports.nats());
		guarded(() -> this.nats = EmbeddedNatsServer.builder()
			.port(this.ports.nats())
			.storeDirectory(this.folder.streams())
			.configuration("log_file: \"" + this.folder.log("nats-server") + "\"")
			.start());
		Console.say("Starting the payment gateway, the processor and the order service on ports %d, %d and %d",
				this.ports.gateway(), this.ports.processor(), this.ports.order());
		guarded(() -> this.gateway = java(GATEWAY, "sample-processor", this.ports.gateway(),
				this.ports.gateway("/actuator/health"), "--spring.profiles.active=gateway"));
		guarded(() -> this.samples.add(java(PROCESSOR, "sample-processor", this.ports.processor(),
				this.ports.processor("/actuator/health"), "--payment.gateway.url=" + this.ports.gateway(""))));
		guarded(() -> this.samples.add(java(ORDER_SERVICE, "sample-order-service", this.ports.order(),
				this.ports.orderService("/actuator/health"))));
		for (Sample child : children()) {
			child.awaitHealth(client);
		}
	}

	private Sample java(String name, String module, int port, String health, String... arguments) {
		List<String> command = new ArrayList<>(List.of(JavaCommand.java(), "-Xmx512m", "-Dh2.bindAddress=127.0.0.1",
				"-Djava.io.tmpdir=" + this.folder.path(), "-jar", program(module).toString(), "--server.port=" + port,
				"--nats.servers=" + this.ports.natsUrl(), "--sample.data-directory=" + this.folder.data()));
		command.addAll(List.of(arguments));
		return new Sample(ChildProcess.start(name, command, this.folder.log(logName(name))), URI.create(health));
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
		for (String name : List.of("nats-server", logName(GATEWAY), logName(PROCESSOR), logName(ORDER_SERVICE))) {
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
		}
		finally {
			this.lock.unlock();
		}
	}

}
