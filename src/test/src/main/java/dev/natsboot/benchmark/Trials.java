package dev.natsboot.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import dev.natsboot.benchmark.program.ProgramSettings;
import dev.natsboot.benchmark.program.Role;
import dev.natsboot.benchmark.program.Sample;
import dev.natsboot.run.ChildProcess;
import dev.natsboot.run.Console;
import dev.natsboot.run.JavaCommand;
import dev.natsboot.run.RunException;
import dev.natsboot.run.RunFolder;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs programs, one after the other, with what they need around them.
 */
final class Trials {

	private static final Duration TIMEOUT = Duration.ofMinutes(3);

	private final Connection connection;

	private final RunFolder folder;

	private final @Nullable Path profile;

	private final Set<String> filled = new HashSet<>();

	private final Tuning tuning = new Tuning(this::run);

	private int number;

	Trials(Connection connection, RunFolder folder, @Nullable Path profile) {
		this.connection = connection;
		this.folder = folder;
		this.profile = profile;
	}

	/**
	 * Run both sides alternately.
	 */
	List<Result> run(Comparison comparison, int pairs) throws IOException, JetStreamApiException, InterruptedException {
		Comparison tuned = this.tuning.tune(comparison);
		List<Sample> left = new ArrayList<>();
		List<Sample> right = new ArrayList<>();
		for (int pair = 0; pair < pairs; pair++) {
			left.add(run(tuned.left()));
			right.add(run(tuned.right()));
		}
		return Result.of(tuned, left, right);
	}

	private Sample run(Side side) throws IOException, JetStreamApiException, InterruptedException {
		this.number++;
		Side named = side.with(consumer(side.settings(), "run-" + this.number));
		if (named.settings().role() == Role.RECOVER) {
			return recover(named);
		}
		prepare(named.settings());
		Files.deleteIfExists(named.settings().result());
		List<ChildProcess> companions = companions(named);
		try {
			Sample sample = await(start(named));
			Console.detail("%s %s: %,.0f/s, %.2f µs of processor and %,.0f bytes for each message, %.0f ms".formatted(
					named.program().getSimpleName(), named.settings().role(), sample.rate(), sample.cpuMicros(),
					sample.bytes(), sample.millis()));
			return sample;
		}
		finally {
			companions.forEach(ChildProcess::kill);
			cleanUp(named.settings());
		}
	}

	private Sample recover(Side side) throws IOException, JetStreamApiException, InterruptedException {
		Files.deleteIfExists(side.settings().result());
		Sample sample = new Recovery(this.folder.path().resolve("recovery-" + this.number)).run(side, this::start);
		Console.detail("%s: %.0f ms".formatted(side.program().getSimpleName(), sample.millis()));
		return sample;
	}

	private static ProgramSettings consumer(ProgramSettings settings, String consumer) {
		return new ProgramSettings(settings.url(), settings.role(), settings.json(), settings.size(),
				settings.threads(), settings.batch(), settings.warmUp(), settings.messages(), settings.tuned(),
				settings.headers(), consumer, settings.result(), settings.parent());
	}

	/**
	 * A stream is filled once, and has another consumer in each run. What is published to
	 * goes to an empty stream.
	 */
	private void prepare(ProgramSettings settings) throws IOException, JetStreamApiException, InterruptedException {
		switch (settings.role()) {
			case JS_CONSUME, JS_FETCH, JS_ITERATE, JS_PULL, JS_BATCH -> {
				if (this.filled.add(settings.stream())) {
					create(settings.stream(), settings.stream());
					awaitEnd(start(Side.jnats(filling(settings))));
				}
			}
			case JS_PUBLISH_ASYNC, JS_PUBLISH_SYNC, START_STREAM ->
				create(ProgramSettings.STORED_STREAM, ProgramSettings.STORED);
			default -> {
			}
		}
	}

	/**
	 * With more than is needed: what a consumer has fetched beyond the end counts, too.
	 */
	private static ProgramSettings filling(ProgramSettings settings) {
		return new ProgramSettings(settings.url(), Role.FILL, settings.json(), settings.size(), 1, 0, settings.warmUp(),
				settings.messages() + 20_000, true, false, settings.consumer(), settings.result(), settings.parent());
	}

	private void create(String stream, String subject) throws IOException, JetStreamApiException {
		this.connection.jetStreamManagement()
			.addStream(
					StreamConfiguration.builder().name(stream).subjects(subject).storageType(StorageType.File).build());
	}

	private void cleanUp(ProgramSettings settings) throws IOException, JetStreamApiException {
		switch (settings.role()) {
			case JS_CONSUME, JS_FETCH, JS_ITERATE, JS_PULL, JS_BATCH ->
				this.connection.jetStreamManagement().deleteConsumer(settings.stream(), settings.consumer());
			case JS_PUBLISH_ASYNC, JS_PUBLISH_SYNC, START_STREAM ->
				this.connection.jetStreamManagement().deleteStream(ProgramSettings.STORED_STREAM);
			default -> {
			}
		}
	}

	private List<ChildProcess> companions(Side side) throws InterruptedException {
		return switch (side.settings().role()) {
			case CORE_CONSUME -> subscribed(Side.jnats(side.settings().with(Role.FEED)));
			case REQUEST, REQUEST_ASYNC -> subscribed(side.with(side.settings().with(Role.REPLY)));
			default -> List.of();
		};
	}

	/**
	 * Start a companion, and give it the time to subscribe.
	 */
	private List<ChildProcess> subscribed(Side side) throws InterruptedException {
		ChildProcess process = start(side);
		TimeUnit.SECONDS.sleep(4);
		return List.of(process);
	}

	private ChildProcess start(Side side) {
		String name = side.program().getSimpleName() + "-" + side.settings().role() + "-" + this.number;
		List<String> options = new ArrayList<>(List.of("-Xmx512m"));
		if (this.profile != null) {
			options.add("-XX:StartFlightRecording=settings=profile,filename=" + this.profile.resolve(name + ".jfr"));
		}
		return ChildProcess.start(name, JavaCommand.of(options, side.program(), side.arguments()),
				this.folder.log(name));
	}

	private Sample await(ChildProcess process) throws InterruptedException {
		awaitEnd(process);
		return JsonMapper.shared().readValue(result().toFile(), Sample.class);
	}

	Path result() {
		return this.folder.path().resolve("result.json");
	}

	private void awaitEnd(ChildProcess process) throws InterruptedException {
		long start = System.nanoTime();
		while (process.isAlive()) {
			if (System.nanoTime() - start > TIMEOUT.toNanos()) {
				process.kill();
				throw new RunException("The " + process.name() + " has not ended after " + TIMEOUT);
			}
			TimeUnit.MILLISECONDS.sleep(20);
		}
		if (process.status() != 0) {
			this.folder.tail(process.name()).forEach(Console::detail);
			throw new RunException("The " + process.name() + " has failed with status " + process.status());
		}
	}

}
