package dev.natsboot.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import dev.natsboot.run.Console;
import dev.natsboot.run.RunException;
import dev.natsboot.run.RunFolder;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs processors under a random schedule of faults: the program behind
 * {@code bin/run-faults}.
 */
public final class FaultRun {

	private static final int GOOD = 0;

	private static final int BAD = 1;

	private static final int MISUSED = 2;

	private static final int INTERRUPTED = 130;

	private static final int CLUSTER = 3;

	private static final long QUOTA_FOR_A_START = 32_000_000;

	private static final long QUOTA_PER_MINUTE = 5_000_000;

	private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

	private final FaultOptions options;

	private final Trials trials;

	private final RunFolder folder = RunFolder.create("faults-");

	private final ReentrantLock lock = new ReentrantLock();

	private final List<AutoCloseable> open = new ArrayList<>();

	private final Thread thread = Thread.currentThread();

	private volatile int status = INTERRUPTED;

	private final CountDownLatch ended = new CountDownLatch(1);

	private volatile boolean interrupted;

	private boolean stopped;

	private String natsServer = "";

	private FaultRun(FaultOptions options, Trials trials) {
		this.options = options;
		this.trials = trials;
	}

	/**
	 * Run, and end with status 0 if nothing was lost, done twice, stuck or late, 1 if
	 * something was or if the run failed, 2 if the command line can't be understood, 130
	 * if interrupted before the verdict.
	 * @param arguments the options that {@code bin/run-faults --help} lists
	 */
	public static void main(String... arguments) {
		main(FaultRun::trials, arguments);
	}

	/**
	 * The same with other trials.
	 */
	static void main(Trials trials, String... arguments) {
		try {
			System.exit(new FaultRun(FaultOptions.parse(arguments), trials).run());
		}
		catch (RunException ex) {
			Console.say("%s", String.valueOf(ex.getMessage()));
			System.exit(MISUSED);
		}
	}

	private int run() {
		Runtime.getRuntime().addShutdownHook(new Thread(this::stopAndHalt, "stop"));
		try {
			List<Evidence> runs = this.trials.run(this);
			FaultReport report = FaultReport.of(this.options, this.natsServer, runs);
			FaultTable.lines(report).forEach(Console::print);
			Console.print("");
			Console.print(
					report.good() ? "Good: every order was charged once, or is in the dead letters once" : "NOT GOOD");
			write(report);
			this.status = report.good() ? GOOD : BAD;
		}
		catch (InterruptedException ex) {
			Console.say("Interrupted, stopping everything");
		}
		catch (IOException | RuntimeException ex) {
			fail(ex);
		}
		Thread.interrupted();
		stop();
		this.ended.countDown();
		return this.status;
	}

	/**
	 * Half of the time goes to a single server, half to a cluster.
	 */
	private List<Evidence> trials() throws InterruptedException {
		Console.say("Seed %d; the same schedule again: bin/run-faults --minutes %d --seed %d", this.options.seed(),
				this.options.minutes(), this.options.seed());
		Duration half = Duration.ofMinutes(this.options.minutes()).dividedBy(2);
		PostgresServer database = opened(() -> new PostgresServer(this.folder.data()));
		List<Evidence> runs = new ArrayList<>();
		for (int nodes : new int[] { 1, CLUSTER }) {
			Console.say("Three processors on %s, faults for %d s",
					(nodes == 1) ? "a single server" : "a cluster of three servers", half.toSeconds());
			Path directory = this.folder.path().resolve("nodes-" + nodes);
			Site site = opened(() -> new Site(directory, nodes, database, quota()));
			site.start(this.options.seed());
			runs.add(new Trial(site, schedule(nodes > 1, site.streams())).run(half));
			this.natsServer = site.streams().serverVersion();
			site.close();
		}
		return runs;
	}

	private Schedule schedule(boolean cluster, Streams streams) {
		long seed = this.options.seed();
		return new Schedule(cluster ? ~seed : seed, FaultKind.possible(cluster, streams.isSoundWhenFull()));
	}

	/**
	 * Enough for all that is published, and not too much to be filled up at once.
	 */
	private long quota() {
		return QUOTA_FOR_A_START + QUOTA_PER_MINUTE * this.options.minutes();
	}

	private <T extends AutoCloseable> T opened(Supplier<T> start) {
		this.lock.lock();
		try {
			if (this.stopped) {
				throw new RunException("Stopped while starting");
			}
			T started = start.get();
			this.open.add(0, started);
			return started;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void write(FaultReport report) throws IOException {
		Path file = this.options.report();
		if (file != null) {
			JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build().writeValue(file, report);
		}
		Path page = this.options.markdown();
		if (page != null) {
			FaultPage.replace(page, this.natsServer, FaultTable.lines(report));
		}
	}

	private void fail(@Nullable Throwable failure) {
		if (this.interrupted) {
			return;
		}
		this.status = BAD;
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			Console.say("%s", cause.toString());
		}
	}

	/**
	 * Stop everything, on Ctrl-C and SIGTERM, too. The JVM is halted with the status of
	 * the verdict, since a signal's own status would say that something failed. Whatever
	 * is being started is waited for, so that it can be stopped.
	 */
	private void stopAndHalt() {
		this.interrupted = true;
		this.thread.interrupt();
		try {
			this.ended.await(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		stop();
		Runtime.getRuntime().halt(this.status);
	}

	private void stop() {
		this.lock.lock();
		try {
			if (this.stopped) {
				return;
			}
			this.stopped = true;
			for (AutoCloseable closeable : this.open) {
				closeable.close();
			}
			if (this.status == BAD) {
				Console.say("Databases, streams and logs are kept in %s", this.folder.path());
			}
			else {
				this.folder.delete();
			}
		}
		catch (Exception ex) {
			Console.say("%s", "Not everything could be stopped: " + ex);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Injects faults, and says what came of it.
	 */
	interface Trials {

		List<Evidence> run(FaultRun run) throws InterruptedException;

	}

}
