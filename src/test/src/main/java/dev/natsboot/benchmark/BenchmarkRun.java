package dev.natsboot.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.natsboot.benchmark.allocation.Site;
import dev.natsboot.run.Console;
import dev.natsboot.run.Machine;
import dev.natsboot.run.PageBlock;
import dev.natsboot.run.RunException;
import dev.natsboot.run.RunFolder;
import dev.natsboot.test.EmbeddedNatsServer;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compares the starter with jnats: the program behind {@code bin/run-benchmarks}.
 */
public final class BenchmarkRun {

	private static final int FAILED = 1;

	private static final int MISUSED = 2;

	private static final String BEGIN = "<!-- %s, written by bin/run-benchmarks -->";

	private final BenchmarkOptions options;

	private final RunFolder folder = RunFolder.create("benchmarks-");

	private volatile boolean failed;

	private BenchmarkRun(BenchmarkOptions options) {
		this.options = options;
	}

	/**
	 * Run, and end with status 0 whatever the figures are, 1 if the run failed, 2 if the
	 * command line can't be understood.
	 * @param arguments the options that {@code bin/run-benchmarks --help} lists
	 */
	public static void main(String... arguments) {
		System.exit(status(arguments));
	}

	private static int status(String... arguments) {
		BenchmarkOptions options;
		try {
			options = BenchmarkOptions.parse(arguments);
		}
		catch (RunException ex) {
			Console.say("%s", String.valueOf(ex.getMessage()));
			return MISUSED;
		}
		BenchmarkRun run = new BenchmarkRun(options);
		Runtime.getRuntime().addShutdownHook(new Thread(run::cleanUp, "clean-up"));
		try {
			run.run();
			return 0;
		}
		catch (IOException | JetStreamApiException | InterruptedException | RuntimeException ex) {
			run.failed = true;
			Console.say("%s", ex.toString());
			Console.say("Logs are kept in %s", run.folder.path());
			return FAILED;
		}
	}

	/**
	 * The processes that are still there end with this one.
	 */
	private void cleanUp() {
		if (!this.failed) {
			this.folder.delete();
		}
	}

	private void run() throws IOException, JetStreamApiException, InterruptedException {
		if (this.options.profile() != null) {
			Files.createDirectories(this.options.profile());
		}
		try (EmbeddedNatsServer server = EmbeddedNatsServer.builder().storeDirectory(this.folder.streams()).start();
				Connection connection = Nats.connect(server.getUrl())) {
			Machine machine = Machine.of(connection);
			Trials trials = new Trials(connection, this.folder, this.options.profile());
			Comparisons comparisons = new Comparisons(server.getUrl(), trials.result(), this.options.quick());
			List<Result> all = new ArrayList<>();
			for (String benchmark : Comparisons.NAMES) {
				if (this.options.includes(benchmark)) {
					all.addAll(report(benchmark, machine, results(benchmark, connection, trials, comparisons)));
					write(machine, all);
				}
			}
		}
	}

	private List<Result> results(String benchmark, Connection connection, Trials trials, Comparisons comparisons)
			throws IOException, JetStreamApiException, InterruptedException {
		if (benchmark.equals(Allocations.NAME)) {
			return allocations(connection);
		}
		List<Result> results = new ArrayList<>();
		for (Comparison comparison : comparisons.of(benchmark).stream().filter(this.options::includes).toList()) {
			Console.say("%s: %s", benchmark, comparison.title());
			results.addAll(trials.run(comparison, this.options.pairs(benchmark)));
		}
		return results;
	}

	private List<Result> allocations(Connection connection) throws IOException, JetStreamApiException {
		Console.say("%s: microbenchmarks", Allocations.NAME);
		JetStreamManagement management = connection.jetStreamManagement();
		management.addStream(StreamConfiguration.builder()
			.name(Site.STREAM)
			.subjects(Site.STORED_SUBJECTS)
			.storageType(StorageType.Memory)
			.maxMessages(1_000)
			.build());
		Dispatcher echo = connection
			.createDispatcher((request) -> connection.publish(request.getReplyTo(), request.getData()));
		echo.subscribe(Site.ECHO);
		try {
			return new Allocations(String.valueOf(connection.getConnectedUrl()), this.options.quick()).run();
		}
		finally {
			connection.closeDispatcher(echo);
			management.deleteStream(Site.STREAM);
		}
	}

	private List<Result> report(String benchmark, Machine machine, List<Result> results) throws IOException {
		if (results.isEmpty()) {
			return results;
		}
		List<String> lines = BenchmarkTable.lines(machine, this.options.runs(benchmark), results);
		Console.print("## " + benchmark);
		lines.forEach(Console::print);
		Path page = this.options.markdown();
		if (page != null) {
			PageBlock.replace(page, BEGIN.formatted(benchmark), lines);
			if (this.options.quote() != null) {
				Ratios.quote(page, this.options.quote());
			}
		}
		return results;
	}

	private void write(Machine machine, List<Result> results) throws IOException {
		Path file = this.options.report();
		if (file != null) {
			JsonMapper.builder()
				.enable(SerializationFeature.INDENT_OUTPUT)
				.build()
				.writeValue(file, Map.of("machine", machine, "results", results));
		}
	}

}
