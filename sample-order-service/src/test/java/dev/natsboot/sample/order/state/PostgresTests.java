package dev.natsboot.sample.order.state;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import dev.natsboot.core.JetStreamTemplate;
import dev.natsboot.listener.ListenerContainer;
import dev.natsboot.listener.NatsListenerEndpointRegistry;
import dev.natsboot.sample.order.support.OrderServiceTest;
import dev.natsboot.sample.order.support.Postgres;
import io.nats.client.JetStreamManagement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@OrderServiceTest
class PostgresTests {

	private static final String ORDER = """
			{"customerId": "c-1", "items": [{"sku": "sku-1", "quantity": 2, "unitPrice": 10.25}]}""";

	@Autowired
	private MockMvcTester mvc;

	@Autowired
	private OrderQueries orders;

	@Autowired
	private OrderUpdates updates;

	@Autowired
	private JsonMapper json;

	@Autowired
	private JetStreamTemplate jetStream;

	@Autowired
	private JetStreamManagement management;

	@Autowired
	private NatsListenerEndpointRegistry listeners;

	@Autowired
	private JdbcClient jdbc;

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) {
		Postgres.register(registry);
	}

	@Test
	void keepsTheStateOfOrdersWhilePaymentsAndReservationsArriveInAnyOrder() throws Exception {
		List<String> ids = placeOrders(200);
		List<PaymentEvent> payments = ids.stream().map((id) -> new PaymentEvent(id, PaymentStatus.PAID)).toList();
		List<InventoryEvent> reservations = IntStream.range(0, ids.size())
			.mapToObj((i) -> new InventoryEvent(ids.get(ids.size() - 1 - i), InventoryStatus.RESERVED))
			.toList();
		inParallel(8, () -> {
			this.updates.payments(payments);
			this.updates.reservations(reservations);
			return true;
		});
		assertThat(this.orders.counts()).isEqualTo(new OrderCounts(200, 0, 200, 0, 0, 200, 0));
		assertThat(this.orders.find(ids.get(7)))
			.hasValueSatisfying((order) -> assertThat(order.totalAmount()).isEqualByComparingTo("20.50"));
	}

	@ParameterizedTest
	@CsvSource({ "order-payments, payments.completed, PAID, order_payment",
			"order-inventory, inventory.reserved, RESERVED, order_inventory" })
	void learnsFromTheOtherEventsWhenOneCannotBeStored(String listener, String subject, String status, String table)
			throws Exception {
		long before = deadLetters();
		ListenerContainer container = this.listeners.getListenerContainer(listener);
		assertThat(container).isNotNull();
		container.stop();
		IntStream.range(0, 20)
			.mapToObj((i) -> (i != 10) ? "known-" + i : "unknown-\0")
			.forEach((orderId) -> this.jetStream.publish(subject, Map.of("orderId", orderId, "status", status)));
		container.start();
		await().untilAsserted(
				() -> assertThat(this.jdbc.sql("SELECT COUNT(*) FROM " + table + " WHERE order_id LIKE 'known-%'")
					.query(Long.class)
					.single()).isEqualTo(19));
		await().untilAsserted(() -> assertThat(deadLetters()).isEqualTo(before + 1));
	}

	private long deadLetters() throws Exception {
		return this.management.getStreamInfo("ORDERS_DLQ").getStreamState().getMsgCount();
	}

	private List<String> placeOrders(int number) {
		String body = "[" + String.join(",", IntStream.range(0, number).mapToObj((i) -> ORDER).toList()) + "]";
		JsonNode accepted = this.json.readTree(this.mvc.post()
			.uri("/orders/bulk")
			.contentType(MediaType.APPLICATION_JSON)
			.content(body)
			.exchange()
			.getResponse()
			.getContentAsByteArray());
		return accepted.valueStream().map((order) -> order.path("orderId").asString()).toList();
	}

	private static void inParallel(int threads, Callable<Boolean> task) throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		try {
			for (Future<Boolean> future : executor.invokeAll(Collections.nCopies(threads, task), 30,
					TimeUnit.SECONDS)) {
				assertThat(future.get()).isTrue();
			}
		}
		finally {
			executor.shutdownNow();
		}
	}

}
