package dev.natsboot.sample.order.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An HTTP server that answers like the processor: the payments of the customer
 * {@value #POOR} are declined, and the article {@value #RARE} is out of stock.
 */
public final class StubProcessor {

	public static final String POOR = "c-poor";

	public static final String RARE = "sku-rare";

	/**
	 * Not a status: the connection is closed without an answer.
	 */
	public static final int HANG_UP = 0;

	private final JsonMapper json = JsonMapper.builder().build();

	private final Queue<Call> calls = new ConcurrentLinkedQueue<>();

	private final HttpServer server;

	private volatile int paymentStatus;

	private volatile int reservationStatus;

	private StubProcessor(HttpServer server) {
		this.server = server;
		repair();
	}

	public static StubProcessor start() {
		try {
			StubProcessor stub = new StubProcessor(
					HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
			stub.server.createContext("/payments", (exchange) -> stub.answer(exchange, stub.paymentStatus));
			stub.server.createContext("/reservations", (exchange) -> stub.answer(exchange, stub.reservationStatus));
			stub.server.start();
			return stub;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public void stop() {
		this.server.stop(0);
	}

	public String url() {
		return "http://localhost:" + this.server.getAddress().getPort();
	}

	public void repair() {
		this.calls.clear();
		breakPayments(200);
		breakReservations(200);
	}

	public void breakPayments(int status) {
		this.paymentStatus = status;
	}

	public void breakReservations(int status) {
		this.reservationStatus = status;
	}

	/**
	 * The orders of each call that came in, by their message ids.
	 */
	public List<List<String>> calls(String path) {
		return this.calls.stream().filter((call) -> call.path().equals(path)).map(Call::messageIds).toList();
	}

	private void answer(HttpExchange exchange, int status) throws IOException {
		String path = exchange.getRequestURI().getPath();
		JsonNode orders = this.json.readTree(exchange.getRequestBody().readAllBytes());
		this.calls.add(new Call(path, orders.valueStream().map(StubProcessor::messageId).toList()));
		if (status != HANG_UP) {
			byte[] body = ((status == 200) ? results(path, orders) : "{}").getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().set("Content-Type", "application/json");
			exchange.sendResponseHeaders(status, body.length);
			exchange.getResponseBody().write(body);
		}
		exchange.close();
	}

	private String results(String path, JsonNode orders) {
		return this.json.writeValueAsString(orders.valueStream()
			.collect(Collectors.toMap(StubProcessor::messageId,
					(order) -> path.equals("/payments") ? payment(order) : reservation(order))));
	}

	private static String payment(JsonNode order) {
		return order.path("customerId").asString().equals(POOR) ? "FAILED" : "PAID";
	}

	private static String reservation(JsonNode order) {
		return order.path("items").path(0).path("sku").asString().equals(RARE) ? "OUT_OF_STOCK" : "RESERVED";
	}

	private static String messageId(JsonNode order) {
		return order.path("messageId").asString();
	}

	private record Call(String path, List<String> messageIds) {

	}

}
