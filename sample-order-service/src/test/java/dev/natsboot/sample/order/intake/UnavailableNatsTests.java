package dev.natsboot.sample.order.intake;

import dev.natsboot.sample.order.support.OrderServiceTest;
import dev.natsboot.test.EmbeddedNatsServer;
import io.nats.client.JetStreamManagement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@OrderServiceTest
@TestPropertySource(properties = "nats.template.publish-timeout=300ms")
@DirtiesContext
class UnavailableNatsTests {

	private static final String ORDER = """
			{"customerId": "c-offline", "items": [{"sku": "sku-1", "quantity": 2, "unitPrice": 10.25}]}""";

	@Autowired
	private MockMvcTester mvc;

	@Autowired
	private EmbeddedNatsServer server;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private JetStreamManagement management;

	@AfterEach
	void start() {
		this.server.start();
	}

	@Test
	void doesNotAcceptAnOrderThatIsNotAcknowledgedAndAcceptsItLater() {
		this.server.kill();
		assertThat(post("k-offline")).hasStatus(HttpStatus.SERVICE_UNAVAILABLE)
			.hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
			.hasHeader("Retry-After", "1")
			.bodyJson()
			.extractingPath("$.accepted.length()")
			.isEqualTo(0);
		assertThat(this.mvc.get().uri("/orders/{id}", OrderIdentity.of("k-offline").orderId()))
			.hasStatus(HttpStatus.NOT_FOUND);
		assertThat(accepted()).isZero();
		this.server.start();
		await().untilAsserted(() -> assertThat(post("k-offline")).hasStatus(HttpStatus.ACCEPTED));
		assertThat(accepted()).isEqualTo(1);
	}

	@Test
	void publishesLaterWhatWasSentWhileNatsWasAway() {
		this.server.kill();
		assertThat(post("k-unknown")).hasStatus(HttpStatus.SERVICE_UNAVAILABLE);
		this.server.start();
		String messageId = OrderIdentity.of("k-unknown").messageId();
		await().ignoreExceptions()
			.untilAsserted(() -> assertThat(
					this.management.getLastMessage("ORDERS", OrderCreated.SUBJECT).getHeaders().getFirst("Nats-Msg-Id"))
				.isEqualTo(messageId));
	}

	private int accepted() {
		return this.jdbc.sql("SELECT COUNT(*) FROM orders WHERE customer_id = 'c-offline' AND accepted_at IS NOT NULL")
			.query(Integer.class)
			.single();
	}

	private MvcTestResult post(String key) {
		return this.mvc.post()
			.uri("/orders")
			.header("Idempotency-Key", key)
			.contentType(MediaType.APPLICATION_JSON)
			.content(ORDER)
			.exchange();
	}

}
