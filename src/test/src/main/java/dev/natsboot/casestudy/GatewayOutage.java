package dev.natsboot.casestudy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.natsboot.run.Console;
import dev.natsboot.run.RunException;

/**
 * Puts the payment gateway out of order for a while, and measures how long the payments
 * that waited take after its return.
 */
final class GatewayOutage {

	private static final Duration BEFORE = Duration.ofSeconds(3);

	private static final Duration POLL = Duration.ofMillis(10);

	private final HttpClient client;

	private final Ports ports;

	private final Duration length;

	private GatewayOutage(HttpClient client, Ports ports, Duration length) {
		this.client = client;
		this.ports = ports;
		this.length = length;
	}

	/**
	 * Begin some seconds from now.
	 * @return what the outage did, as soon as the payments that waited are settled
	 */
	static CompletableFuture<Recovery> begin(HttpClient client, Ports ports, Duration length) {
		CompletableFuture<Recovery> result = new CompletableFuture<>();
		Thread thread = new Thread(() -> new GatewayOutage(client, ports, length).run(result), "outage");
		thread.setDaemon(true);
		thread.start();
		return result;
	}

	private void run(CompletableFuture<Recovery> result) {
		try (Streams streams = new Streams(this.ports.natsUrl())) {
			pause(BEFORE);
			outage(true);
			pause(this.length);
			outage(false);
			result.complete(recover(streams));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			result.cancel(false);
		}
		catch (RuntimeException | IOException ex) {
			result.completeExceptionally(ex);
		}
	}

	private Recovery recover(Streams streams) throws InterruptedException {
		long returned = System.nanoTime();
		long last = streams.lastSequence(Streams.ORDERS);
		long settled = streams.settled(Streams.ORDERS, "payment");
		Duration first = awaitSettled(streams, Math.min(settled + 1, last), returned);
		Duration all = awaitSettled(streams, last, returned);
		return new Recovery(this.length.toMillis(), last - settled, first.toMillis(), all.toMillis());
	}

	private static Duration awaitSettled(Streams streams, long sequence, long since) throws InterruptedException {
		while (streams.settled(Streams.ORDERS, "payment") < sequence) {
			pause(POLL);
		}
		return Duration.ofNanos(System.nanoTime() - since);
	}

	private void outage(boolean on) throws IOException, InterruptedException {
		Console.say("The payment gateway is %s", on ? "out of order now" : "back");
		HttpRequest request = HttpRequest.newBuilder(URI.create(this.ports.gateway("/switches")))
			.header("Content-Type", "application/json")
			.PUT(HttpRequest.BodyPublishers.ofString("{\"outage\": " + on + "}"))
			.build();
		int status = this.client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
		if (status != 200) {
			throw new RunException("The payment gateway answered with status " + status);
		}
	}

	private static void pause(Duration time) throws InterruptedException {
		TimeUnit.NANOSECONDS.sleep(time.toNanos());
	}

	static Recovery await(CompletableFuture<Recovery> outage) throws InterruptedException {
		try {
			return outage.get();
		}
		catch (ExecutionException ex) {
			throw new RunException("The outage of the payment gateway failed: " + ex.getCause(), ex);
		}
	}

	/**
	 * What an outage did.
	 *
	 * @param outageMs how many milliseconds it lasted
	 * @param ordersWaiting how many orders waited for their payment at its end
	 * @param resumedMs how many milliseconds later the first of them was settled
	 * @param recoveryMs how many milliseconds after its end the last of them was settled
	 */
	record Recovery(long outageMs, long ordersWaiting, long resumedMs, long recoveryMs) {

		/**
		 * Return how fast they were settled, from the first to the last.
		 * @return the orders per second, 0 if all were settled at once
		 */
		@JsonProperty
		long settledPerSecond() {
			long took = this.recoveryMs - this.resumedMs;
			return (took > 0) ? this.ordersWaiting * 1000 / took : 0;
		}

	}

}
