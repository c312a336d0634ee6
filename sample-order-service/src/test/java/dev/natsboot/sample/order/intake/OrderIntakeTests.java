package dev.natsboot.sample.order.intake;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

import dev.natsboot.sample.order.support.OrderServiceTest;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.MessageInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;

@OrderServiceTest
class OrderIntakeTests {

	private static final String ORDER = """
			{"customerId": "c-1", "items": [{"sku": "sku-1", "quantity": 2, "unitPrice": 10.25}]}""";

	@Autowired
	private MockMvcTester mvc;

	@Autowired
	private Connection connection;

	@Autowired
	private JsonMapper json;

	@Test
	void publishesAnAcceptedOrderWithItsMessageId() throws Exception {
		MvcTestResult result = post("/orders", ORDER);
		assertThat(result).hasStatus(HttpStatus.ACCEPTED);
		JsonNode answer = answer(result);
		MessageInfo message = lastOrder();
		assertThat(message.getSubject()).isEqualTo("orders.created.v1");
		assertThat(message.getHeaders().getFirst("Nats-Msg-Id")).isEqualTo(answer.path("messageId").asString());
		JsonNode event = this.json.readTree(message.getData());
		assertThat(event.path("orderId")).isEqualTo(answer.path("orderId"));
		assertThat(event.path("messageId")).isEqualTo(answer.path("messageId"));
		assertThat(event.path("totalAmount").decimalValue()).isEqualByComparingTo("20.50");
		assertThat(event.path("items").path(0).path("sku").asString()).isEqualTo("sku-1");
	}

	@Test
	void showsAnAcceptedOrder() {
		String orderId = answer(post("/orders", ORDER)).path("orderId").asString();
		assertThat(this.mvc.get().uri("/orders/{id}", orderId)).hasStatusOk()
			.bodyJson()
			.isLenientlyEqualTo(
					"""
							{"customerId": "c-1", "totalAmount": 20.50, "paymentStatus": "PENDING", "inventoryStatus": "PENDING"}""");
	}

	@Test
	void acceptsManyOrdersAtOnce() throws Exception {
		long before = orders();
		String body = "[" + String.join(",", IntStream.range(0, 300).mapToObj((i) -> ORDER).toList()) + "]";
		MvcTestResult result = post("/orders/bulk", body);
		assertThat(result).hasStatus(HttpStatus.ACCEPTED).bodyJson().extractingPath("$.length()").isEqualTo(300);
		assertThat(orders()).isEqualTo(before + 300);
	}

	@Test
	void givesTheSameAnswerToTheSameIdempotencyKeyAndPublishesOnce() throws Exception {
		JsonNode first = answer(postWithKey("k-1", ORDER));
		long before = orders();
		assertThat(answer(postWithKey("k-1", ORDER))).isEqualTo(first);
		assertThat(orders()).isEqualTo(before);
	}

	@Test
	void refusesAnotherOrderWithTheSameIdempotencyKey() {
		postWithKey("k-2", ORDER);
		assertThat(postWithKey("k-2", ORDER.replace("c-1", "c-2"))).hasStatus(HttpStatus.UNPROCESSABLE_CONTENT)
			.hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
	}

	@Test
	void namesTheInvalidFieldsOfAnOrder() throws Exception {
		long before = orders();
		MvcTestResult result = post("/orders", """
				{"customerId": " ", "items": [{"sku": "sku-1", "quantity": 0, "unitPrice": 1.999}]}""");
		assertThat(result).hasStatus(HttpStatus.BAD_REQUEST).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
		assertThat(fields(result)).containsExactlyInAnyOrder("customerId", "items[0].quantity", "items[0].unitPrice");
		assertThat(orders()).isEqualTo(before);
	}

	@Test
	void namesTheInvalidFieldsOfOneOrderAmongMany() {
		MvcTestResult result = post("/orders/bulk",
				"[" + ORDER + ", {\"customerId\": \"c-1\", \"items\": []}, " + ORDER + "]");
		assertThat(result).hasStatus(HttpStatus.BAD_REQUEST);
		assertThat(fields(result)).containsExactly("[1].items");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\\u0000", "\\n", "\\u007f", "\\ud800" })
	void namesTheFieldsWithACharacterThatCannotBeStored(String character) throws Exception {
		long before = orders();
		MvcTestResult result = post("/orders", ORDER.replace("c-1", "c" + character).replace("sku-1", "a" + character));
		assertThat(result).hasStatus(HttpStatus.BAD_REQUEST)
			.hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
			.bodyJson()
			.extractingPath("$.detail")
			.asString()
			.contains("items[0].sku must be text of 1 to 64 characters, not only blanks, without control characters");
		assertThat(fields(result)).containsExactlyInAnyOrder("customerId", "items[0].sku");
		assertThat(orders()).isEqualTo(before);
	}

	@Test
	void acceptsTextOfEveryLanguage() {
		assertThat(post("/orders", ORDER.replace("c-1", "客户 é").replace("sku-1", "\\ud83d\\ude00")))
			.hasStatus(HttpStatus.ACCEPTED);
	}

	@Test
	void namesTheFieldWithTheWrongType() {
		MvcTestResult result = post("/orders", ORDER.replace("2,", "\"two\","));
		assertThat(result).hasStatus(HttpStatus.BAD_REQUEST);
		assertThat(fields(result)).containsExactly("items[0].quantity");
	}

	@Test
	void refusesAFractionOfAnArticle() throws Exception {
		long before = orders();
		MvcTestResult result = post("/orders", ORDER.replace("2,", "1.5,"));
		assertThat(result).hasStatus(HttpStatus.BAD_REQUEST);
		assertThat(fields(result)).containsExactly("items[0].quantity");
		assertThat(orders()).isEqualTo(before);
	}

	@Test
	void saysThatTheQuantityIsMissing() {
		assertThat(post("/orders", ORDER.replace("2,", "null,"))).hasStatus(HttpStatus.BAD_REQUEST)
			.bodyJson()
			.extractingPath("$.detail")
			.isEqualTo("items[0].quantity must not be null");
	}

	@Test
	void refusesMalformedJson() {
		MvcTestResult result = post("/orders", "{\"customerId\": ");
		assertThat(result).hasStatus(HttpStatus.BAD_REQUEST).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
		assertThat(fields(result)).containsExactly("body");
	}

	private MvcTestResult post(String uri, String body) {
		return this.mvc.post().uri(uri).contentType(MediaType.APPLICATION_JSON).content(body).exchange();
	}

	private MvcTestResult postWithKey(String key, String body) {
		return this.mvc.post()
			.uri("/orders")
			.header("Idempotency-Key", key)
			.contentType(MediaType.APPLICATION_JSON)
			.content(body)
			.exchange();
	}

	private JsonNode answer(MvcTestResult result) {
		return this.json.readTree(result.getResponse().getContentAsByteArray());
	}

	private List<String> fields(MvcTestResult result) {
		return answer(result).path("errors").valueStream().map((error) -> error.path("field").asString()).toList();
	}

	private MessageInfo lastOrder() throws Exception {
		return this.connection.jetStreamManagement().getLastMessage("ORDERS", OrderCreated.SUBJECT);
	}

	private long orders() throws IOException, JetStreamApiException {
		return this.connection.jetStreamManagement().getStreamInfo("ORDERS").getStreamState().getMsgCount();
	}

}
