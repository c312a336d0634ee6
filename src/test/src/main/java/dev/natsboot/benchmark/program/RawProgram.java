package dev.natsboot.benchmark.program;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Nats;
import io.nats.client.Options;
import tools.jackson.databind.json.JsonMapper;

/**
 * A program on jnats alone.
 */
public final class RawProgram {

	/**
	 * How far a publisher may be ahead of the consumer under test: never so far that
	 * client or server throw anything away, nor that the consumer's garbage collector is
	 * busy copying what waits.
	 */
	private static final int AHEAD = 10_000;

	private final ProgramSettings settings;

	private final Connection connection;

	private RawProgram(ProgramSettings settings) throws Exception {
		this.settings = settings;
		Options.Builder options = Options.builder().server(settings.url()).maxReconnects(-1);
		this.connection = Nats.connect((settings.tuned() ? options.dontForceFlushOnRequest() : options).build());
	}

	/**
	 * Do what the role asks for, and write the figures into a file.
	 * @param arguments the settings
	 */
	public static void main(String... arguments) throws Exception {
		ProgramSettings settings = ProgramSettings.parse(arguments);
		settings.endWithParent();
		Sample sample = new RawProgram(settings).run();
		JsonMapper.shared().writeValue(settings.result(), sample);
		System.exit(0);
	}

	private Sample run() throws Exception {
		return switch (this.settings.role()) {
			case CORE_CONSUME, JS_CONSUME, JS_FETCH, JS_ITERATE, JS_PULL, JS_BATCH -> consume();
			case START, START_STREAM -> idle();
			case RECOVER -> recover();
			case REPLY, FEED, FILL -> serve();
			default -> new Caller(new RawClient(this.connection, this.settings.headers()), this.settings).run();
		};
	}

	private Sample consume() throws Exception {
		Window window = new Window(this.settings, (count) -> progress(this.connection, count));
		RawConsumers consumers = new RawConsumers(this.connection, this.settings, window);
		switch (this.settings.role()) {
			case CORE_CONSUME -> consumers.core();
			case JS_CONSUME -> consumers.consume();
			default -> consumers.pull();
		}
		this.connection.flush(Duration.ofSeconds(5));
		progress(this.connection, 0);
		return window.await();
	}

	/**
	 * What an application does that subscribes without the starter.
	 */
	static Sample idle(ProgramSettings settings) throws Exception {
		return new RawProgram(settings).idle();
	}

	private Sample idle() throws Exception {
		new RawConsumers(this.connection, this.settings, new Window(this.settings, (count) -> {
		})).idle();
		this.connection.flush(Duration.ofSeconds(5));
		return started();
	}

	private Sample recover() throws Exception {
		CompletableFuture<Sample> first = new CompletableFuture<>();
		this.connection.getStreamContext(this.settings.stream())
			.getConsumerContext(this.settings.consumer())
			.consume((message) -> {
				message.ack();
				first.complete(Sample.ofMillis(System.currentTimeMillis()));
			});
		return first.get();
	}

	/**
	 * Tell the publisher how far the consumer has come.
	 */
	static void progress(Connection connection, int count) {
		connection.publish(ProgramSettings.PROGRESS, Integer.toString(count).getBytes());
	}

	private Sample serve() throws Exception {
		switch (this.settings.role()) {
			case REPLY -> {
				new RawConsumers(this.connection, this.settings, new Window(this.settings, (count) -> {
				})).reply();
				new CountDownLatch(1).await();
			}
			case FEED -> feed();
			default -> fill();
		}
		return new Sample(0, 0, 0, 0, 0, 0, 0);
	}

	/**
	 * The first word of the consumer starts the publishing.
	 */
	private void feed() throws Exception {
		Semaphore places = new Semaphore(0);
		int[] before = { 0 };
		Dispatcher dispatcher = this.connection.createDispatcher((message) -> {
			int count = Integer.parseInt(new String(message.getData()));
			places.release((count == 0) ? AHEAD : count - before[0]);
			before[0] = count;
		});
		dispatcher.subscribe(ProgramSettings.PROGRESS);
		RawClient client = new RawClient(this.connection, false);
		byte[] body = body();
		while (true) {
			places.acquire();
			client.publish(body);
		}
	}

	private void fill() throws Exception {
		byte[] body = body();
		int total = this.settings.warmUp() + this.settings.messages();
		Semaphore places = new Semaphore(1_000);
		for (int i = 0; i < total; i++) {
			places.acquire();
			this.connection.jetStream().publishAsync(this.settings.stream(), body).whenComplete((ack, failure) -> {
				if (failure != null) {
					Caller.fail(failure);
				}
				places.release();
			});
		}
		places.acquire(1_000);
	}

	private byte[] body() {
		Object payload = this.settings.payload();
		return (payload instanceof byte[] bytes) ? bytes : JsonMapper.shared().writeValueAsBytes(payload);
	}

	/**
	 * The figures of a process that has just started.
	 */
	static Sample started() {
		double millis = System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
		System.gc();
		Runtime runtime = Runtime.getRuntime();
		return new Sample(0, 0, 0, 0, millis, ManagementFactory.getThreadMXBean().getThreadCount(),
				(runtime.totalMemory() - runtime.freeMemory()) / 1024);
	}

}
