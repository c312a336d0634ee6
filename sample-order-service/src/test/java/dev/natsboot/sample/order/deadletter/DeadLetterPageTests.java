package dev.natsboot.sample.order.deadletter;

import java.util.List;

import dev.natsboot.core.JetStreamTemplate;
import dev.natsboot.deadletter.DeadLetterFilter;
import dev.natsboot.deadletter.DeadLetterOperations;
import dev.natsboot.sample.order.support.DeadLetterFixture;
import dev.natsboot.sample.order.support.OrderServiceTest;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.MessageInfo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@OrderServiceTest
class DeadLetterPageTests {

	@Autowired
	private MockMvcTester mvc;

	@Autowired
	private JetStreamTemplate jetStream;

	@Autowired
	private DeadLetterOperations deadLetters;

	@Autowired
	private JetStreamManagement management;

	@BeforeEach
	void dropAll() {
		this.deadLetters.dropAll(DeadLetterFilter.all());
	}

	@Test
	void showsWhatAListenerGaveUp() {
		this.jetStream.publish("payments.completed", "{\"orderId\": 1, \"status\":");
		await().untilAsserted(() -> assertThat(get("/dead-letters")).bodyJson()
			.extractingPath("$.deadLetters[*].listener")
			.isEqualTo(List.of("order-payments")));
		assertThat(get("/dead-letters")).hasStatusOk()
			.bodyJson()
			.hasPathSatisfying("$.deadLetters[0].subject", (path) -> path.assertThat().isEqualTo("payments.completed"))
			.hasPathSatisfying("$.deadLetters[0].orderId", (path) -> path.assertThat().isNull())
			.hasPathSatisfying("$.deadLetters[0].deliveries", (path) -> path.assertThat().isEqualTo(1))
			.hasPathSatisfying("$.deadLetters[0].exception",
					(path) -> path.assertThat().asString().endsWith("MessageConversionException"))
			.hasPathSatisfying("$.next", (path) -> path.assertThat().isNull());
	}

	@Test
	void sendsOneBack() throws Exception {
		String id = deadLetter("orders.created.v1", "ORDERS", "o-1");
		assertThat(get("/dead-letters")).bodyJson().extractingPath("$.deadLetters[0].orderId").isEqualTo("o-1");
		MvcTestResult answer = post("/dead-letters/" + id + "/redrive");
		assertThat(answer).hasStatusOk().bodyJson().extractingPath("$.subject").isEqualTo("orders.created.v1");
		MessageInfo back = this.management.getLastMessage("ORDERS", "orders.created.v1");
		assertThat(back.getData()).asString().isEqualTo("{\"orderId\":\"o-1\"}");
		assertThat(back.getHeaders().getFirst("Original-Message-Id")).isEqualTo("m-o-1");
		assertThat(get("/dead-letters")).bodyJson().extractingPath("$.deadLetters").asArray().isEmpty();
		assertThat(post("/dead-letters/" + id + "/redrive")).hasStatus(404)
			.bodyJson()
			.extractingPath("$.title")
			.isEqualTo("No such dead letter");
	}

	@Test
	void sendsAllBackAndSaysWhatStays() {
		deadLetter("orders.created.v1", "ORDERS", "o-1");
		String homeless = deadLetter("gone.v1", "GONE", "o-2");
		deadLetter("orders.created.v1", "ORDERS", "o-3");
		assertThat(post("/dead-letters/redrive?listener=nobody")).bodyJson().extractingPath("$.redriven").isEqualTo(0);
		assertThat(post("/dead-letters/redrive")).hasStatusOk()
			.bodyJson()
			.hasPathSatisfying("$.redriven", (path) -> path.assertThat().isEqualTo(2))
			.hasPathSatisfying("$.failed", (path) -> path.assertThat().isEqualTo(1))
			.hasPathSatisfying("$.problems[0]",
					(path) -> path.assertThat().asString().contains("no stream captures this subject"));
		assertThat(get("/dead-letters")).bodyJson().extractingPath("$.deadLetters[*].id").isEqualTo(List.of(homeless));
		assertThat(post("/dead-letters/" + homeless + "/redrive")).hasStatus(409)
			.bodyJson()
			.extractingPath("$.code")
			.isEqualTo(503);
	}

	@Test
	void showsPages() {
		deadLetter("orders.created.v1", "ORDERS", "o-1");
		String second = deadLetter("orders.created.v1", "ORDERS", "o-2");
		assertThat(get("/dead-letters?limit=1")).bodyJson().extractingPath("$.next").isEqualTo(second);
		assertThat(get("/dead-letters?limit=1&from=" + second)).bodyJson()
			.extractingPath("$.deadLetters[0].orderId")
			.isEqualTo("o-2");
	}

	@Test
	void refusesWhatIsNoDeadLetter() {
		assertThat(post("/dead-letters/first/redrive")).hasStatus(400)
			.bodyJson()
			.extractingPath("$.detail")
			.asString()
			.contains("for example ORDERS_DLQ:7");
		assertThat(post("/dead-letters/ORDERS:1/redrive")).hasStatus(404);
		assertThat(get("/dead-letters?limit=0")).hasStatus(400);
	}

	private String deadLetter(String subject, String stream, String orderId) {
		return DeadLetterFixture.publish(this.jetStream, subject, stream, orderId);
	}

	private MvcTestResult get(String uri) {
		return this.mvc.get().uri(uri).exchange();
	}

	private MvcTestResult post(String uri) {
		return this.mvc.post().uri(uri).exchange();
	}

}
