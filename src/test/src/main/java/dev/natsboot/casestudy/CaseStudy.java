package dev.natsboot.casestudy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import dev.natsboot.run.Console;
import dev.natsboot.run.Machine;
import dev.natsboot.run.RunException;
import dev.natsboot.run.RunFolder;
import me.tongfei.progressbar.ProgressBar;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs the order-processing case study: the program behind {@code bin/run-case-study}.
 */
public final class CaseStudy {

	private static final int GOOD = 0;

	private static final int BAD = 1;

	private static final int MISUSED = 2;

	private static final int TOO_SLOW = 3;

	private static final int INTERRUPTED = 130;

	private static final Duration WATCH_PAUSE = Duration.ofSeconds(1);

	private final HttpClient client = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(Duration.ofSeconds(5))
		.build();

	private final CaseStudyOptions options;

	private final RunFolder folder;

	private final RunningSystem system;

	private final ReentrantLock stopLock = new ReentrantLock();

	private volatile int status = INTERRUPTED;

	private volatile boolean interrupted;

	private boolean stopped;

	private CaseStudy(CaseStudyOptions options, Path root) {
		this.options = options;
		this.folder = RunFolder.create("case-study-");
		this.system = new RunningSystem(root, this.folder, options);
	}

	/**
	 * Run the case study and end with status 0 if every order was settled once and in
	 * time, 1 if not once or if something failed, 2 if the command line can't be
	 * understood or a port is taken, 3 if not in time, 130 if interrupted before the
	 * verdict.
	 * @param arguments the options that {@code bin/run-case-study --help} lists
	 */
	public static void main(String... arguments) {
		try {
			CaseStudyOptions options = CaseStudyOptions.parse(arguments);
			options.ports().requireFree();
			System.exit(new CaseStudy(options, Path.of(System.getProperty("case-study.root", "."))).run());
		}
		catch (RunException ex) {
			Console.say("%s", String.valueOf(ex.getMessage()));
			System.exit(MISUSED);
		}
	}

	private int run() {
		Runtime.getRuntime().addShutdownHook(new Thread(this::stopAndHalt, "stop"));
		try {
			this.system.start(this.client);
			Figures figures = study();
			this.status = status(figures);
			stayUp();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (RuntimeException | IOException | SQLException ex) {
			fail(ex);
		}
		stop();
		return this.status;
	}

	private static int status(Figures figures) {
		if (!figures.isGood()) {
			return BAD;
		}
		return figures.isHeld() ? GOOD : TOO_SLOW;
	}

	private Figures study() throws InterruptedException, IOException, SQLException {
		try (Databases databases = new Databases(this.system.databases());
				Streams streams = new Streams(this.options.ports().natsUrl())) {
			Machine machine = streams.machine();
			Figures figures = new Study(this.client, this.options, this.system, databases, streams).run();
			report(machine, figures);
			return figures;
		}
	}

	private void report(Machine machine, Figures figures) throws IOException {
		ReportTable.print(figures);
		Path report = this.options.report();
		if (report != null) {
			JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build().writeValue(report, figures);
		}
		Path page = this.options.markdown();
		if (page != null) {
			CaseStudyPage.write(page, machine, figures);
		}
	}

	private void stayUp() throws InterruptedException {
		if (this.options.exit()) {
			return;
		}
		ReportTable.printAddresses(this.options);
		Console.say("Everything stays up until Ctrl-C");
		while (true) {
			this.system.requireAlive();
			TimeUnit.NANOSECONDS.sleep(WATCH_PAUSE.toNanos());
		}
	}

	private void fail(Exception failure) {
		if (this.interrupted) {
			return;
		}
		this.status = BAD;
		this.system.showLogs();
		Console.say("%s", String.valueOf(failure.getMessage()));
		for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
			Console.detail(cause.toString());
		}
	}

	/**
	 * Stop everything, on Ctrl-C and SIGTERM, too. The JVM is halted with the status of
	 * the verdict, since a signal's own status would say that something failed.
	 */
	private void stopAndHalt() {
		this.interrupted = true;
		stop();
		Runtime.getRuntime().halt(this.status);
	}

	private void stop() {
		this.stopLock.lock();
		try {
			if (!this.stopped) {
				this.stopped = true;
				Console.say("Stopping the samples, the payment gateway and nats-server");
				this.system.close();
				leaveFolder();
			}
		}
		finally {
			this.stopLock.unlock();
		}
	}

	private void leaveFolder() {
		if (this.status == BAD) {
			Console.say("Databases, streams and logs are kept in %s", this.folder.path());
		}
		else {
			this.folder.delete();
		}
	}

}
