package dev.natsboot.benchmark.program;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Publishes or requests until enough was measured.
 */
final class Caller {

	private static final Log logger = LogFactory.getLog(Caller.class);

	private final Client client;

	private final ProgramSettings settings;

	private final Object payload;

	private final Window window;

	Caller(Client client, ProgramSettings settings) {
		this.client = client;
		this.settings = settings;
		this.payload = settings.payload();
		this.window = new Window(settings, (count) -> {
		});
	}

	Sample run() throws InterruptedException {
		switch (this.settings.role()) {
			case CORE_PUBLISH -> publish();
			case JS_PUBLISH_SYNC -> timed(this.client::store);
			case REQUEST -> timed(this.client::request);
			case JS_PUBLISH_ASYNC -> async(this.client::storeAsync, Integer.MAX_VALUE);
			case REQUEST_ASYNC -> async(this.client::requestAsync, this.settings.batch());
			default -> throw new IllegalStateException(this.settings.role() + " isn't a caller's role");
		}
		return this.window.await();
	}

	private void publish() {
		while (!this.window.isOver()) {
			this.client.publish(this.payload);
			this.window.count();
		}
	}

	private void timed(Consumer<Object> action) throws InterruptedException {
		ExecutorService threads = Executors.newFixedThreadPool(this.settings.threads());
		for (int i = 0; i < this.settings.threads(); i++) {
			threads.execute(() -> {
				try {
					repeat(action);
				}
				catch (RuntimeException | Error ex) {
					fail(ex);
				}
			});
		}
		this.window.await();
		threads.shutdown();
	}

	private void repeat(Consumer<Object> action) {
		while (!this.window.isOver()) {
			long start = System.nanoTime();
			action.accept(this.payload);
			this.window.count(System.nanoTime() - start);
		}
	}

	private void async(Function<Object, CompletableFuture<?>> action, int inFlight) throws InterruptedException {
		Semaphore places = new Semaphore(inFlight);
		while (!this.window.isOver()) {
			places.acquire();
			long start = System.nanoTime();
			action.apply(this.payload).whenComplete((reply, failure) -> {
				places.release();
				done(start, failure);
			});
		}
	}

	private void done(long start, @Nullable Throwable failure) {
		if (failure != null) {
			fail(failure);
		}
		this.window.count(System.nanoTime() - start);
	}

	/**
	 * End the process at once: what is measured without the failed call says nothing.
	 */
	static void fail(Throwable failure) {
		logger.error("A call failed, there is nothing to measure", failure);
		Runtime.getRuntime().halt(1);
	}

}
