package dev.natsboot.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.natsboot.run.Console;
import dev.natsboot.run.Machine;
import dev.natsboot.run.PageBlock;
import dev.natsboot.run.RunException;
import dev.natsboot.run.RunFolder;
import dev.natsboot.test.EmbeddedNatsServer;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Nats;
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
					all.addAll(run(benchmark, machine, trials, comparisons));
				}
			}
			write(machine, all);
		}
	}

	private List<Result> run(String benchmark, Machine machine, Trials trials, Comparisons comparisons)
			throws IOException, JetStreamApiException, InterruptedException {
		List<Result> results = new ArrayList<>();
		for (Comparison comparison : comparisons.of(benchmark).stream().filter(this.options::includes).toList()) {
			Console.say("%s: %s", benchmark, comparison.title());
			results.addAll(trials.run(comparison, this.options.pairs()));
		}
		if (results.isEmpty()) {
			return results;
		}
		List<String> lines = BenchmarkTable.lines(machine, this.options.pairs(), results);
		Console.print("## " + benchmark);
		lines.forEach(Console::print);
		Path page = this.options.markdown();
		if (page != null) {
			PageBlock.replace(page, BEGIN.formatted(benchmark), lines);
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
