package dev.natsboot.sample.order.synchronous;

import java.util.List;

import dev.natsboot.sample.order.support.OrderServiceTest;
import dev.natsboot.sample.order.support.StubProcessor;
import io.nats.client.JetStreamManagement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;

@OrderServiceTest
@ActiveProfiles("synchronous")
class SynchronousOrderTests {

	private static final StubProcessor PROCESSOR = StubProcessor.start();

	private static final String ORDER = order("c-1", "sku-1");

	private static final String POOR = order(StubProcessor.POOR, "sku-1");

	private static final String RARE = order("c-1", StubProcessor.RARE);

	@Autowired
	private MockMvcTester mvc;

	@Autowired
	private JsonMapper json;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private JetStreamManagement management;

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) {
		registry.add("sample.processor.payment-url", PROCESSOR::url);
		registry.add("sample.processor.inventory-url", PROCESSOR::url);
	}

	@BeforeEach
	void repair() {
		PROCESSOR.repair();
		this.jdbc.sql("DELETE FROM orders").update();
	}

	@AfterAll
	static void stop() {
		PROCESSOR.stop();
	}

	@Test
	void answersWhenTheOrderIsPaidAndItsStockReservedWithoutAnyStream() throws Exception {
		MvcTestResult result = post("/orders", "k-1", ORDER);
		assertThat(result).hasStatus(HttpStatus.CREATED)
			.bodyJson()
			.isLenientlyEqualTo("{\"paymentStatus\": \"PAID\", \"inventoryStatus\": \"RESERVED\"}");
		assertThat(this.mvc.get().uri("/orders/{id}", answer(result).path("orderId").asString())).hasStatusOk()
			.bodyJson()
			.isLenientlyEqualTo("""
					{"customerId": "c-1", "paymentStatus": "PAID", "inventoryStatus": "RESERVED"}""");
		assertThat(this.management.getStreamInfo("ORDERS").getStreamState().getMsgCount()).isZero();
	}

	@Test
	void settlesManyOrdersWithOneCallOfEachKind() {
		MvcTestResult result = post("/orders/bulk", "k-2", "[" + ORDER + "," + POOR + "," + RARE + "]");
		assertThat(result).hasStatus(HttpStatus.CREATED)
			.bodyJson()
			.extractingPath("$[*].paymentStatus")
			.isEqualTo(List.of("PAID", "FAILED", "PAID"));
		assertThat(result).bodyJson()
			.extractingPath("$[*].inventoryStatus")
			.isEqualTo(List.of("RESERVED", "RESERVED", "OUT_OF_STOCK"));
		assertThat(PROCESSOR.calls("/payments")).hasSize(1);
		assertThat(PROCESSOR.calls("/reservations")).isEqualTo(PROCESSOR.calls("/payments"));
		assertThat(this.mvc.get().uri("/orders/counts")).bodyJson().isLenientlyEqualTo("""
				{"accepted": 3, "paymentPending": 0, "paid": 2, "paymentFailed": 1, "reserved": 2, "outOfStock": 1}""");
	}

	@ParameterizedTest
	@ValueSource(ints = { 503, StubProcessor.HANG_UP })
	void isUnavailableWhileThePaymentIs(int status) {
		PROCESSOR.breakPayments(status);
		assertThat(post("/orders", "k-3", ORDER)).hasStatus(HttpStatus.SERVICE_UNAVAILABLE)
			.hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
			.hasHeader("Retry-After", "1")
			.bodyJson()
			.extractingPath("$.title")
			.isEqualTo("Orders not settled");
		assertThat(PROCESSOR.calls("/reservations")).isEmpty();
		assertThat(accepted()).isZero();
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 500, 502 })
	void isABadGatewayWhenTheReservationFails(int status) {
		PROCESSOR.breakReservations(status);
		assertThat(post("/orders/bulk", "k-4", "[" + ORDER + "]")).hasStatus(HttpStatus.BAD_GATEWAY)
			.hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
		assertThat(accepted()).isZero();
	}

	@Test
	void isABadGatewayWhenAnOrderIsMissingInTheAnswer() {
		PROCESSOR.breakPayments(202);
		assertThat(post("/orders", "k-5", ORDER)).hasStatus(HttpStatus.BAD_GATEWAY)
			.bodyJson()
			.extractingPath("$.detail")
			.asString()
			.contains("didn't answer for order");
		assertThat(accepted()).isZero();
	}

	@Test
	void chargesWithTheSameMessageIdsWhenTheClientRepeatsAnOrder() {
		assertThatRepeatHasTheSameMessageIds("/orders", ORDER);
	}

	@Test
	void chargesWithTheSameMessageIdsWhenTheClientRepeatsManyOrders() {
		assertThatRepeatHasTheSameMessageIds("/orders/bulk", "[" + ORDER + "," + POOR + "]");
	}

	@Test
	void ordersWithoutAKeyAreDifferentOnes() {
		String body = "[" + ORDER + "," + ORDER + "]";
		this.mvc.post().uri("/orders/bulk").contentType(MediaType.APPLICATION_JSON).content(body).exchange();
		assertThat(PROCESSOR.calls("/payments")).singleElement()
			.satisfies((ids) -> assertThat(ids).doesNotHaveDuplicates().hasSize(2));
		assertThat(accepted()).isEqualTo(2);
	}

	@Test
	void refusesAnotherOrderWithTheSameKeyBeforeItIsCharged() {
		post("/orders", "k-6", ORDER);
		PROCESSOR.repair();
		assertThat(post("/orders", "k-6", order("c-2", "sku-1"))).hasStatus(HttpStatus.UNPROCESSABLE_CONTENT);
		assertThat(PROCESSOR.calls("/payments")).isEmpty();
	}

	@Test
	void namesTheInvalidFieldsAndChargesNobody() {
		assertThat(post("/orders/bulk", "k-7", "[" + ORDER + "," + order("", "sku-1") + "]"))
			.hasStatus(HttpStatus.BAD_REQUEST)
			.bodyJson()
			.extractingPath("$.errors[*].field")
			.isEqualTo(List.of("[1].customerId"));
		assertThat(PROCESSOR.calls("/payments")).isEmpty();
	}

	private void assertThatRepeatHasTheSameMessageIds(String uri, String body) {
		PROCESSOR.breakReservations(503);
		assertThat(post(uri, "k-repeated", body)).hasStatus(HttpStatus.SERVICE_UNAVAILABLE);
		PROCESSOR.breakReservations(200);
		assertThat(post(uri, "k-repeated", body)).hasStatus(HttpStatus.CREATED);
		List<List<String>> calls = PROCESSOR.calls("/payments");
		assertThat(calls).hasSize(2);
		assertThat(calls.get(0)).isEqualTo(calls.get(1)).doesNotHaveDuplicates();
		assertThat(accepted()).isEqualTo(calls.get(0).size());
	}

	private static String order(String customer, String sku) {
		return """
				{"customerId": "%s", "items": [{"sku": "%s", "quantity": 2, "unitPrice": 10.25}]}""".formatted(customer,
				sku);
	}

	private MvcTestResult post(String uri, String key, String body) {
		return this.mvc.post()
			.uri(uri)
			.header("Idempotency-Key", key)
			.contentType(MediaType.APPLICATION_JSON)
			.content(body)
			.exchange();
	}

	private JsonNode answer(MvcTestResult result) {
		return this.json.readTree(result.getResponse().getContentAsByteArray());
	}

	private long accepted() {
		return this.jdbc.sql("SELECT COUNT(*) FROM order_state").query(Long.class).single();
	}

}
