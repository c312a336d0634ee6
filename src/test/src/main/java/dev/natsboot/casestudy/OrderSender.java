package dev.natsboot.casestudy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import dev.natsboot.casestudy.OrderAnswers.Answer;
import dev.natsboot.run.RunException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends orders through HTTP at an even pace, whether earlier ones are answered or not:
 * one by one up to 200 per second, in bulks above. An order's time runs from the moment
 * when it was due, so that it counts as waiting when the sender is held up, too. A single
 * order that isn't accepted is sent again with the same idempotency key, and so is a bulk
 * where the order service knows it again.
 */
final class OrderSender {

	private static final int SINGLES_PER_SECOND = 200;

	private static final int BULKS_PER_SECOND = 50;

	private static final int IN_FLIGHT = 128;

	private static final int ATTEMPTS = 5;

	private static final int MOST_SHOWN = 200;

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final Executor LATER = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);

	private final JsonMapper mapper = JsonMapper.builder()
		.enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
		.build();

	private final ObjectReader reader = this.mapper.readerForListOf(Answer.class);

	private final OrderAnswers answers = new OrderAnswers();

	private final Semaphore permits = new Semaphore(IN_FLIGHT);

	private final HttpClient client;

	private final Ports ports;

	private final boolean repeatsBulks;

	/**
	 * Create a sender.
	 * @param client the HTTP client
	 * @param ports where the order service listens
	 * @param repeatsBulks whether the order service knows a bulk again by its key
	 */
	OrderSender(HttpClient client, Ports ports, boolean repeatsBulks) {
		this.client = client;
		this.ports = ports;
		this.repeatsBulks = repeatsBulks;
	}

	/**
	 * Send orders and wait for all answers.
	 * @param orders how many
	 * @param rate how many per second
	 * @param progress told how many more were answered
	 * @throws InterruptedException if interrupted
	 */
	void send(int orders, int rate, IntConsumer progress) throws InterruptedException {
		int bulk = bulkSize(rate);
		Instant begin = Instant.now();
		long start = System.nanoTime();
		for (int sent = 0; sent < orders; sent += bulk) {
			long offset = sent * TimeUnit.SECONDS.toNanos(1) / rate;
			awaitTurn(start + offset);
			Instant due = begin.plusNanos(offset);
			int count = Math.min(bulk, orders - sent);
			this.permits.acquire();
			post(request(sent, count), count == 1 || this.repeatsBulks, 1).whenComplete((accepted, failure) -> {
				record(due, accepted, failure);
				progress.accept(count);
				this.permits.release();
			});
		}
		this.permits.acquire(IN_FLIGHT);
		this.permits.release(IN_FLIGHT);
	}

	static int bulkSize(int rate) {
		return (rate <= SINGLES_PER_SECOND) ? 1 : (rate - 1) / BULKS_PER_SECOND + 1;
	}

	private static void awaitTurn(long due) {
		for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
			LockSupport.parkNanos(wait);
			if (Thread.currentThread().isInterrupted()) {
				return;
			}
		}
	}

	private HttpRequest request(int first, int count) {
		List<Order> orders = IntStream.range(first, first + count).mapToObj(Order::of).toList();
		Object body = (count == 1) ? orders.get(0) : orders;
		return HttpRequest.newBuilder(URI.create(this.ports.orderService((count == 1) ? "/orders" : "/orders/bulk")))
			.timeout(TIMEOUT)
			.header("Content-Type", "application/json")
			.header("Idempotency-Key", UUID.randomUUID().toString())
			.POST(HttpRequest.BodyPublishers.ofByteArray(this.mapper.writeValueAsBytes(body)))
			.build();
	}

	private CompletableFuture<List<Answer>> post(HttpRequest request, boolean repeatable, int attempt) {
		Supplier<CompletableFuture<List<Answer>>> again = () -> post(request, repeatable, attempt + 1);
		return this.client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray())
			.thenApply(this::accepted)
			.handle((accepted, failure) -> {
				if (failure == null) {
					return CompletableFuture.completedFuture(accepted);
				}
				return (repeatable && attempt < ATTEMPTS)
						? CompletableFuture.supplyAsync(again, LATER).thenCompose((future) -> future)
						: CompletableFuture.<List<Answer>>failedFuture(failure);
			})
			.thenCompose((future) -> future);
	}

	private List<Answer> accepted(HttpResponse<byte[]> response) {
		if (response.statusCode() / 100 != 2) {
			String body = new String(response.body(), StandardCharsets.UTF_8);
			throw new RunException(
					"status " + response.statusCode() + " " + body.substring(0, Math.min(body.length(), MOST_SHOWN)));
		}
		return this.reader.readValue(response.body());
	}

	private void record(Instant due, @Nullable List<Answer> accepted, @Nullable Throwable failure) {
		if (failure == null && accepted != null) {
			this.answers.accept(due, accepted);
		}
		else if (failure != null) {
			Throwable cause = (failure instanceof CompletionException && failure.getCause() != null)
					? failure.getCause() : failure;
			this.answers.refuse(String.valueOf(cause.getMessage()));
		}
	}

	OrderAnswers answers() {
		return this.answers;
	}

	/**
	 * An order as the order service takes it.
	 *
	 * @param customerId who orders
	 * @param items what is ordered
	 */
	record Order(String customerId, List<Item> items) {

		private static final int CUSTOMERS = 1000;

		private static final int ARTICLES = 50;

		static Order of(int number) {
			Item item = new Item("sku-" + number % ARTICLES, 1 + number % 3, 10.0 + number % 7);
			return new Order("c-" + number % CUSTOMERS, List.of(item));
		}

	}

	/**
	 * A position of an order.
	 *
	 * @param sku the article
	 * @param quantity how many
	 * @param unitPrice the price of one
	 */
	record Item(String sku, int quantity, double unitPrice) {

	}

}
