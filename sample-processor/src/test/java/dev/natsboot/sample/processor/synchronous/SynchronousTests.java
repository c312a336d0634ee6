package dev.natsboot.sample.processor.synchronous;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.natsboot.sample.processor.event.OrderCreated;
import dev.natsboot.sample.processor.event.OrderItem;
import dev.natsboot.sample.processor.support.Orders;
import dev.natsboot.sample.processor.support.Postgres;
import dev.natsboot.sample.processor.support.RunningGateway;
import io.nats.client.Connection;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(properties = "sample.inventory.initial-stock=100")
@ActiveProfiles("synchronous")
@AutoConfigureMockMvc
class SynchronousTests {

	private static final RunningGateway GATEWAY = RunningGateway.start();

	@Autowired
	private MockMvcTester mvc;

	@Autowired
	private JsonMapper json;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private ObjectProvider<Connection> nats;

	private final String run = Orders.prefix();

	private final List<OrderCreated> orders = Orders.of(this.run, 30, new OrderItem(this.run, 4));

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) {
		Postgres.register(registry);
		GATEWAY.register(registry);
	}

	@BeforeEach
	void repair() {
		GATEWAY.repair();
	}

	@AfterAll
	static void stop() {
		GATEWAY.stop();
	}

	@Test
	void answersWhatBecameOfEachPaymentAndChargesOnceWhoeverRepeats() {
		GATEWAY.switches("{\"declineRate\": 0.3}");
		MvcTestResult first = post("/payments", this.orders);
		assertThat(first).hasStatusOk();
		assertThat(answer(first)).isEqualTo(rows("payment")).hasSize(30);
		assertThat(answer(first).values()).contains("PAID", "FAILED");
		assertThat(answer(post("/payments", this.orders))).isEqualTo(answer(first));
		assertThat(GATEWAY.chargesByOrder(this.run)).isEqualTo(onceEach());
	}

	@Test
	void answersWhatBecameOfEachReservationAndTakesStockOnceWhoeverRepeats() {
		MvcTestResult first = post("/reservations", this.orders);
		assertThat(first).hasStatusOk();
		assertThat(answer(first)).isEqualTo(rows("reservation")).hasSize(30);
		assertThat(answer(first).values()).filteredOn("RESERVED"::equals).hasSize(25);
		assertThat(answer(post("/reservations", this.orders))).isEqualTo(answer(first));
		assertThat(
				this.jdbc.sql("SELECT available FROM stock WHERE sku = ?").param(this.run).query(Long.class).single())
			.isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "outage", "throttled" })
	void isUnavailableWhileTheGatewayIsAndPaysAfterwards(String trouble) {
		GATEWAY.switches("{\"" + trouble + "\": true}");
		assertThat(post("/payments", this.orders)).hasStatus(HttpStatus.SERVICE_UNAVAILABLE)
			.hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
			.hasHeader("Retry-After", "1")
			.bodyJson()
			.extractingPath("$.detail")
			.asString()
			.contains("payment gateway");
		assertThat(rows("payment")).isEmpty();
		GATEWAY.repair();
		assertThat(post("/payments", this.orders)).hasStatusOk();
		assertThat(GATEWAY.chargesByOrder(this.run)).isEqualTo(onceEach());
	}

	@Test
	void chargesOnceAlthoughTheGatewayFailsAfterTheCharge() {
		GATEWAY.switches("{\"failureRate\": 1}");
		for (int attempt = 0; attempt < 4; attempt++) {
			assertThat(post("/payments", this.orders)).hasStatus(HttpStatus.BAD_GATEWAY)
				.hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
		}
		assertThat(rows("payment")).isEmpty();
		assertThat(GATEWAY.chargesByOrder(this.run)).isEqualTo(onceEach());
		GATEWAY.repair();
		assertThat(answer(post("/payments", this.orders)).values()).hasSize(30).containsOnly("PAID");
		assertThat(GATEWAY.chargesByOrder(this.run)).isEqualTo(onceEach());
	}

	@Test
	void takesWhatTheOrderServiceSends() {
		String order = """
				[{"messageId": "%1$s-m", "orderId": "%1$s-o", "customerId": "c-1", "totalAmount": 20.50,
				"createdAt": "2026-11-21T10:00:00.123456Z",
				"items": [{"sku": "%1$s", "quantity": 2, "unitPrice": 10.25}]}]""".formatted(this.run);
		assertThat(answer(postJson("/payments", order))).isEqualTo(Map.of(this.run + "-m", "PAID"));
		assertThat(answer(postJson("/reservations", order))).isEqualTo(Map.of(this.run + "-m", "RESERVED"));
	}

	@Test
	void refusesACallWithoutOrders() {
		assertThat(postJson("/payments", "[]")).hasStatus(HttpStatus.BAD_REQUEST);
		assertThat(postJson("/reservations", "[]")).hasStatus(HttpStatus.BAD_REQUEST);
	}

	@Test
	void refusesAnArticleThatCannotBeStored() {
		List<OrderCreated> invalid = Orders.of(this.run, 1, new OrderItem("a\0", 1));
		assertThat(post("/payments", invalid)).hasStatus(HttpStatus.BAD_REQUEST);
		assertThat(post("/reservations", invalid)).hasStatus(HttpStatus.BAD_REQUEST);
		assertThat(GATEWAY.chargesByOrder(this.run)).isEmpty();
	}

	@Test
	void needsNoNats() {
		assertThat(this.nats).isEmpty();
		assertThat(this.mvc.get().uri("/actuator/health")).hasStatusOk();
	}

	private MvcTestResult post(String uri, List<OrderCreated> orders) {
		return postJson(uri, this.json.writeValueAsString(orders));
	}

	private MvcTestResult postJson(String uri, String body) {
		return this.mvc.post().uri(uri).contentType(MediaType.APPLICATION_JSON).content(body).exchange();
	}

	private Map<String, String> answer(MvcTestResult result) {
		return this.json.readTree(result.getResponse().getContentAsByteArray())
			.propertyStream()
			.collect(Collectors.toMap(Map.Entry::getKey, (entry) -> entry.getValue().asString()));
	}

	private Map<String, String> rows(String table) {
		return this.jdbc.sql("SELECT message_id, status FROM " + table + " WHERE message_id LIKE ?")
			.param(this.run + "%")
			.query((row, number) -> Map.entry(row.getString("message_id"), row.getString("status")))
			.list()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
	}

	private Map<String, Long> onceEach() {
		return this.orders.stream().collect(Collectors.toMap(OrderCreated::orderId, (order) -> 1L));
	}

}
