package dev.natsboot.faults;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import dev.natsboot.faults.processor.LedgerEntry;
import dev.natsboot.faults.processor.LedgerEntry.Event;
import dev.natsboot.faults.processor.ProcessorApplication;
import dev.natsboot.run.ChildProcess;
import dev.natsboot.run.JavaCommand;
import dev.natsboot.run.RunException;
import org.jspecify.annotations.Nullable;

/**
 * One processor: its process, which comes and goes, and what stays when it is gone.
 */
final class Processor implements AutoCloseable {

	/** Where the database is stopped; otherwise it may be slow. */
	static final String IMPATIENT = "--spring.datasource.hikari.connection-timeout=500";

	private static final Duration START_TIMEOUT = Duration.ofSeconds(90);

	private static final Duration POLL = Duration.ofMillis(10);

	private static final List<String> JVM = List.of("-Xmx160m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
			"-Xshare:auto");

	private final String name;

	private final Path log;

	private final Network network;

	private final LedgerReader ledger;

	private final List<String> command;

	private final ReentrantLock lock = new ReentrantLock();

	private boolean closed;

	private @Nullable ChildProcess process;

	Processor(String name, Path directory, Network network, String database, List<String> properties) {
		this.name = name;
		this.log = directory.resolve(name + ".log");
		this.network = network;
		Path file = directory.resolve(name + ".ledger");
		this.ledger = new LedgerReader(file);
		List<String> arguments = new ArrayList<>(List.of("--spring.config.location=classpath:/faults/",
				"--nats.servers=" + network.urls(), "--spring.datasource.url=" + database, "--processor.ledger=" + file,
				"--processor.parent=" + ProcessHandle.current().pid(),
				"--spring.threads.virtual.enabled=" + Boolean.getBoolean("spring.threads.virtual.enabled")));
		arguments.addAll(properties);
		this.command = JavaCommand.of(JVM, ProcessorApplication.class, arguments);
	}

	String name() {
		return this.name;
	}

	Network network() {
		return this.network;
	}

	LedgerReader ledger() {
		return this.ledger;
	}

	/**
	 * Start a process, if there is none.
	 */
	void start() {
		this.lock.lock();
		try {
			if (this.closed) {
				throw new RunException("The " + this.name + " is not started any more");
			}
			if (!isAlive()) {
				this.process = ChildProcess.start(this.name, this.command, this.log);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	boolean isAlive() {
		ChildProcess current = this.process;
		return current != null && current.isAlive();
	}

	/**
	 * Wait until the application is ready.
	 * @param since the number of entries in the ledger before it was started
	 * @return when it was, in milliseconds since 1970
	 */
	long awaitReady(int since) throws InterruptedException {
		long start = System.nanoTime();
		while (System.nanoTime() - start < START_TIMEOUT.toNanos()) {
			List<LedgerEntry> ready = this.ledger.entries(since)
				.stream()
				.filter((entry) -> entry.event() == Event.READY)
				.toList();
			if (!ready.isEmpty()) {
				return ready.get(ready.size() - 1).time();
			}
			if (!isAlive()) {
				throw new RunException("The " + this.name + " has ended, see " + this.log);
			}
			Pause.of(POLL);
		}
		throw new RunException("The " + this.name + " isn't ready after " + START_TIMEOUT + ", see " + this.log);
	}

	void kill() {
		ChildProcess current = this.process;
		if (current != null) {
			current.kill();
		}
	}

	/**
	 * Ask the application to end, and wait for it.
	 * @throws RunException if it has to be killed
	 */
	void stop() {
		ChildProcess current = this.process;
		if (current != null && current.isAlive()) {
			current.terminate();
			if (!current.awaitEnd()) {
				throw new RunException("The " + this.name + " doesn't end, see " + this.log);
			}
		}
	}

	@Override
	public void close() {
		this.lock.lock();
		try {
			this.closed = true;
			kill();
			this.network.close();
		}
		finally {
			this.lock.unlock();
		}
	}

}
