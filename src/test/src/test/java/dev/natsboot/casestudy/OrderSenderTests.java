package dev.natsboot.casestudy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class OrderSenderTests {

	private final Queue<String> requests = new ConcurrentLinkedQueue<>();

	private final AtomicInteger failures = new AtomicInteger();

	private final AtomicInteger ids = new AtomicInteger();

	private volatile List<String> payments = List.of();

	private HttpServer server;

	private OrderSender sender;

	@BeforeEach
	void startServer() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/orders", this::answer);
		this.server.start();
		this.sender = sender(false);
	}

	private OrderSender sender(boolean repeatsBulks) {
		return new OrderSender(HttpClient.newHttpClient(), new Ports(this.server.getAddress().getPort(), 1, 2, 3, 4),
				repeatsBulks);
	}

	@AfterEach
	void stopServer() {
		this.server.stop(0);
	}

	@Test
	void sendsSinglesUpToTwoHundredPerSecond() throws Exception {
		List<Integer> progress = new ArrayList<>();
		this.sender.send(20, 200, (count) -> {
			synchronized (progress) {
				progress.add(count);
			}
		});
		assertThat(this.requests).hasSize(20).allMatch((request) -> request.startsWith("/orders {"));
		assertThat(this.sender.answers().accepted()).hasSize(20);
		assertThat(this.sender.answers().problems()).isEmpty();
		assertThat(progress.stream().mapToInt(Integer::intValue).sum()).isEqualTo(20);
	}

	@Test
	void sendsBulksAboveTwoHundredPerSecondAndAllOrders() throws Exception {
		this.sender.send(75, 2_000, (count) -> {
		});
		assertThat(this.requests).hasSize(2).allMatch((request) -> request.startsWith("/orders/bulk ["));
		assertThat(this.sender.answers().accepted()).hasSize(75);
		assertThat(OrderSender.bulkSize(200)).isEqualTo(1);
		assertThat(OrderSender.bulkSize(201)).isEqualTo(5);
		assertThat(OrderSender.bulkSize(10_000)).isEqualTo(200);
	}

	@Test
	void keepsThePace() throws Exception {
		long start = System.nanoTime();
		this.sender.send(11, 20, (count) -> {
		});
		assertThat(System.nanoTime() - start).isBetween(500_000_000L, 5_000_000_000L);
	}

	@Test
	void repeatsSingleOrderWithTheSameKey() throws Exception {
		this.failures.set(1);
		this.sender.send(1, 1000, (count) -> {
		});
		assertThat(this.sender.answers().accepted()).hasSize(1);
		assertThat(this.requests).hasSize(2);
		assertThat(this.requests.stream().map((request) -> request.substring(request.indexOf('#'))).distinct())
			.hasSize(1);
	}

	@Test
	void reportsBulkThatWasRefused() throws Exception {
		this.failures.set(1);
		this.sender.send(10, 10_000, (count) -> {
		});
		assertThat(this.sender.answers().accepted()).isEmpty();
		assertThat(this.sender.answers().problems()).singleElement().asString().contains("503", "overloaded");
	}

	@Test
	void repeatsBulkWithTheSameKeyWhereItIsKnownAgain() throws Exception {
		this.failures.set(1);
		OrderSender repeating = sender(true);
		repeating.send(10, 10_000, (count) -> {
		});
		assertThat(repeating.answers().accepted()).hasSize(10);
		assertThat(this.requests).hasSize(2);
		assertThat(this.requests.stream().distinct()).hasSize(1);
	}

	@Test
	void notesPaymentsThatAnswersTellAbout() throws Exception {
		this.payments = List.of("PAID", "FAILED");
		Instant before = Instant.now();
		this.sender.send(2, 10_000, (count) -> {
		});
		assertThat(this.sender.answers().payments()).extracting(StreamEvent::orderId, StreamEvent::subject)
			.containsExactlyInAnyOrder(tuple("o-1", "payments.completed"), tuple("o-2", "payments.failed"));
		assertThat(this.sender.answers().payments())
			.allSatisfy((payment) -> assertThat(payment.timestamp()).isBetween(before, Instant.now()));
	}

	@Test
	void notesNoPaymentOfAnOrderThatIsOnlyAccepted() throws Exception {
		this.sender.send(2, 10_000, (count) -> {
		});
		assertThat(this.sender.answers().accepted()).hasSize(2);
		assertThat(this.sender.answers().payments()).isEmpty();
	}

	private void answer(HttpExchange exchange) throws IOException {
		String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
		this.requests.add(exchange.getRequestURI() + " " + body + " #"
				+ exchange.getRequestHeaders().getFirst("Idempotency-Key"));
		boolean failing = this.failures.getAndDecrement() > 0;
		byte[] answer = (failing ? "overloaded" : accepted(body)).getBytes(StandardCharsets.UTF_8);
		exchange.sendResponseHeaders(failing ? 503 : this.payments.isEmpty() ? 202 : 201, answer.length);
		exchange.getResponseBody().write(answer);
		exchange.close();
	}

	private String accepted(String body) {
		JsonNode orders = JsonMapper.builder().build().readTree(body);
		if (orders.isArray()) {
			return IntStream.range(0, orders.size())
				.mapToObj((i) -> order())
				.collect(Collectors.joining(",", "[", "]"));
		}
		return order();
	}

	private String order() {
		int id = this.ids.incrementAndGet();
		String payment = this.payments.isEmpty() ? ""
				: ",\"paymentStatus\":\"%s\"".formatted(this.payments.get((id - 1) % this.payments.size()));
		return "{\"orderId\":\"o-%1$d\",\"messageId\":\"m-%1$d\"%2$s}".formatted(id, payment);
	}

}
