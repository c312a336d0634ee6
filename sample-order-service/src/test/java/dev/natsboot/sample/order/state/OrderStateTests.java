package dev.natsboot.sample.order.state;

import java.util.List;
import java.util.UUID;

import dev.natsboot.core.JetStreamTemplate;
import dev.natsboot.sample.order.support.OrderServiceTest;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@OrderServiceTest
class OrderStateTests {

	private static final String ORDER = """
			{"customerId": "c-1", "items": [{"sku": "sku-1", "quantity": 2, "unitPrice": 10.25}]}""";

	@Autowired
	private MockMvcTester mvc;

	@Autowired
	private JetStreamTemplate jetStream;

	@Autowired
	private JsonMapper json;

	@Autowired
	private OrderQueries orders;

	@Autowired
	private OrderUpdates updates;

	@Test
	void followsPaymentAndReservation() {
		String orderId = placeOrder();
		this.jetStream.publish("payments.completed", event(orderId, "PAID"));
		this.jetStream.publish("inventory.out_of_stock", event(orderId, "OUT_OF_STOCK"));
		await().untilAsserted(() -> assertThat(this.orders.find(orderId)).hasValueSatisfying((order) -> {
			assertThat(order.paymentStatus()).isEqualTo(PaymentStatus.PAID);
			assertThat(order.inventoryStatus()).isEqualTo(InventoryStatus.OUT_OF_STOCK);
			assertThat(order.updatedAt()).isAfter(order.acceptedAt());
		}));
	}

	@Test
	void keepsTheFirstResultWhenEventsAreRepeated() {
		String orderId = placeOrder();
		this.updates.payments(List.of(new PaymentEvent(orderId, PaymentStatus.FAILED)));
		OrderState before = this.orders.find(orderId).orElseThrow();
		this.updates.payments(List.of(new PaymentEvent(orderId, PaymentStatus.FAILED),
				new PaymentEvent(orderId, PaymentStatus.PAID), new PaymentEvent("unknown", PaymentStatus.PAID)));
		assertThat(this.orders.find(orderId)).hasValue(before);
	}

	@Test
	void countsOrdersByState() {
		OrderCounts before = this.orders.counts();
		this.updates.payments(List.of(new PaymentEvent(placeOrder(), PaymentStatus.PAID),
				new PaymentEvent(placeOrder(), PaymentStatus.FAILED)));
		this.updates.reservations(List.of(new InventoryEvent(placeOrder(), InventoryStatus.RESERVED)));
		OrderCounts after = this.orders.counts();
		assertThat(after.accepted()).isEqualTo(before.accepted() + 3);
		assertThat(after.paid()).isEqualTo(before.paid() + 1);
		assertThat(after.paymentFailed()).isEqualTo(before.paymentFailed() + 1);
		assertThat(after.paymentPending()).isEqualTo(before.paymentPending() + 1);
		assertThat(after.reserved()).isEqualTo(before.reserved() + 1);
		assertThat(after.inventoryPending()).isEqualTo(before.inventoryPending() + 2);
	}

	@Test
	void listsTheLatestOrdersFirst() {
		placeOrder();
		String latest = placeOrder();
		assertThat(this.orders.latest(1)).singleElement().extracting(OrderState::orderId).isEqualTo(latest);
	}

	@Test
	void doesNotFindAnOrderThatDoesNotExist() {
		assertThat(this.mvc.get().uri("/orders/{id}", UUID.randomUUID())).hasStatus(404);
	}

	@Test
	void servesThePage() {
		assertThat(this.mvc.get().uri("/index.html")).hasStatusOk().bodyText().contains("orders.js", "orders.css");
		assertThat(this.mvc.get().uri("/")).hasStatusOk().hasForwardedUrl("index.html");
		assertThat(this.mvc.get().uri("/orders.js")).hasStatusOk();
		assertThat(this.mvc.get().uri("/orders.css")).hasStatusOk();
	}

	private String placeOrder() {
		return this.json
			.readTree(this.mvc.post()
				.uri("/orders")
				.contentType(MediaType.APPLICATION_JSON)
				.content(ORDER)
				.exchange()
				.getResponse()
				.getContentAsByteArray())
			.path("orderId")
			.asString();
	}

	private static Event event(String orderId, String status) {
		return new Event(orderId, status, "ignored by this consumer");
	}

	record Event(String orderId, String status, String addedLater) {

	}

}
