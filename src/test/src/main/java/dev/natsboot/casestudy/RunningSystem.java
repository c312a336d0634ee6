package dev.natsboot.casestudy;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.natsboot.run.Console;
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

	private final ReentrantLock lock = new ReentrantLock();

	private final RunFolder folder;

	private final SampleLauncher launcher;

	private final List<SampleDefinition> definitions;

	private final CaseStudyOptions options;

	private final Ports ports;

	private final List<Sample> samples = new ArrayList<>();

	private @Nullable Sample gateway;

	private @Nullable EmbeddedNatsServer nats;

	private @Nullable DatabaseServer databases;

	private boolean closed;

	RunningSystem(Path root, RunFolder folder, CaseStudyOptions options) {
		this.folder = folder;
		this.launcher = new SampleLauncher(root, folder, options);
		this.definitions = SampleDefinition.of(options.variant(), options.ports());
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
		launch(SampleDefinition.gateway(this.ports), (sample) -> this.gateway = sample);
		this.definitions.forEach((definition) -> launch(definition, this.samples::add));
		for (Sample child : children()) {
			child.awaitHealth(client);
		}
	}

	private void launch(SampleDefinition definition, Consumer<Sample> started) {
		Console.say("Starting %s on port %d", definition.name(), definition.port());
		guarded(() -> started.accept(this.launcher.start(definition, databases())));
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
		Stream<String> samples = Stream
			.concat(Stream.of(SampleDefinition.gateway(this.ports)), this.definitions.stream())
			.map(SampleDefinition::logName);
		for (String name : Stream.concat(Stream.of("nats-server"), samples).toList()) {
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
