package dev.natsboot.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import dev.natsboot.benchmark.program.ProgramSettings;
import dev.natsboot.benchmark.program.Sample;
import dev.natsboot.run.ChildProcess;
import dev.natsboot.run.Console;
import dev.natsboot.run.RunException;
import dev.natsboot.test.EmbeddedNatsServer;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import tools.jackson.databind.json.JsonMapper;

/**
 * Kills the server of a program that waits for messages, starts it again, and measures
 * how long the first message takes from the moment at which the server accepts clients.
 */
final class Recovery {

	private static final Duration OUTAGE = Duration.ofSeconds(3);

	/**
	 * What jnats waits for with its defaults takes up to 88 seconds.
	 */
	static final Duration LIMIT = Duration.ofSeconds(100);

	private static final Duration START = Duration.ofSeconds(30);

	private final Path streams;

	/**
	 * Create it.
	 * @param streams an empty folder for the server's streams
	 */
	Recovery(Path streams) {
		this.streams = streams;
	}

	/**
	 * Measure.
	 * @param side the program, whose result has the time of the first message
	 * @param programs starts a program
	 */
	Sample run(Side side, Programs programs) throws IOException, JetStreamApiException, InterruptedException {
		try (EmbeddedNatsServer server = EmbeddedNatsServer.builder().storeDirectory(this.streams).start()) {
			ProgramSettings settings = side.settings().at(server.getUrl());
			prepare(settings);
			ChildProcess program = programs.start(side.with(settings));
			try {
				awaitSubscribed(settings, program);
				server.kill();
				TimeUnit.NANOSECONDS.sleep(OUTAGE.toNanos());
				server.start();
				return firstMessage(settings, program);
			}
			finally {
				program.kill();
			}
		}
	}

	private static void prepare(ProgramSettings settings)
			throws IOException, JetStreamApiException, InterruptedException {
		try (Connection connection = Nats.connect(settings.url())) {
			JetStreamManagement management = connection.jetStreamManagement();
			management.addStream(StreamConfiguration.builder()
				.name(settings.stream())
				.subjects(settings.stream())
				.storageType(StorageType.File)
				.build());
			management.addOrUpdateConsumer(settings.stream(),
					ConsumerConfiguration.builder().durable(settings.consumer()).build());
		}
	}

	private static void awaitSubscribed(ProgramSettings settings, ChildProcess program)
			throws IOException, JetStreamApiException, InterruptedException {
		try (Connection connection = Nats.connect(settings.url())) {
			JetStreamManagement management = connection.jetStreamManagement();
			long end = System.nanoTime() + START.toNanos();
			while (management.getConsumerInfo(settings.stream(), settings.consumer()).getNumWaiting() == 0) {
				if (!program.isAlive() || System.nanoTime() > end) {
					throw new RunException("The " + program.name() + " has not subscribed within " + START);
				}
				TimeUnit.MILLISECONDS.sleep(20);
			}
		}
	}

	/**
	 * Where the message doesn't come within the limit, the limit is the figure.
	 */
	private static Sample firstMessage(ProgramSettings settings, ChildProcess program)
			throws IOException, JetStreamApiException, InterruptedException {
		double accepting = System.currentTimeMillis();
		try (Connection connection = Nats.connect(settings.url())) {
			connection.jetStream().publish(settings.stream(), "first".getBytes(StandardCharsets.US_ASCII));
		}
		double end = accepting + LIMIT.toMillis();
		while (program.isAlive() && System.currentTimeMillis() < end) {
			TimeUnit.MILLISECONDS.sleep(5);
		}
		if (program.isAlive()) {
			Console.detail("%s got no message within %s".formatted(program.name(), LIMIT));
			return Sample.ofMillis(LIMIT.toMillis());
		}
		if (program.status() != 0 || Files.notExists(settings.result())) {
			throw new RunException("The " + program.name() + " has failed with status " + program.status());
		}
		Sample sample = JsonMapper.shared().readValue(settings.result().toFile(), Sample.class);
		return Sample.ofMillis(sample.millis() - accepting);
	}

	/**
	 * Starts programs.
	 */
	interface Programs {

		/**
		 * Start a program.
		 */
		ChildProcess start(Side side);

	}

}
