package dev.natsboot.sample.order.page;

import java.io.IOException;

import dev.natsboot.core.JetStreamTemplate;
import dev.natsboot.deadletter.DeadLetterFilter;
import dev.natsboot.deadletter.DeadLetterOperations;
import dev.natsboot.sample.order.support.DeadLetterFixture;
import dev.natsboot.test.EmbeddedNatsServer;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@OrderPageTest
class OrderPageDeadLetterTests {

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
	void showsWhatAListenerGaveUpAndWhy(OrderPage page) {
		page.awaitText("#dead-empty", "No message was given up.");
		assertThat(page.find("#redrive-all").isDisplayed()).isFalse();
		this.jetStream.publish("payments.completed", "{\"orderId\": 1, \"status\":");
		page.awaitText("#dead", "– order-payments payments.completed MessageConversionException");
		assertThat(page.text("#dead .why span")).contains("PaymentEvent");
		assertThat(page.find("#dead .why b").getAttribute("title")).endsWith(".MessageConversionException");
		assertThat(page.find("#dead-empty").isDisplayed()).isFalse();
		assertThat(page.find("#redrive-all").isDisplayed()).isTrue();
	}

	@Test
	void showsTheEndOfAnOrdersId(OrderPage page) {
		deadLetter("orders.created.v1", "ORDERS", "019ad5a1-6f2e-7c31-9d40-5b8e2f6a1c77");
		page.awaitText("#dead", "2f6a1c77 payment");
		assertThat(page.find("#dead [title='019ad5a1-6f2e-7c31-9d40-5b8e2f6a1c77']").getText()).isEqualTo("2f6a1c77");
	}

	@Test
	void sendsOneBack(OrderPage page) throws Exception {
		String first = deadLetter("orders.created.v1", "ORDERS", "o-1");
		deadLetter("orders.created.v1", "ORDERS", "o-2");
		page.awaitText("#dead", "o-2");
		assertThat(page.text("#dead")).contains("o-1 payment orders.created.v1 GatewayException no answer 5");
		page.redriveButton(first).click();
		page.awaitText("#dead-answer", "Dead letter " + first + " is back in ORDERS as message ");
		await().untilAsserted(() -> assertThat(page.text("#dead")).doesNotContain("o-1").contains("o-2"));
		assertThat(this.management.getLastMessage("ORDERS", "orders.created.v1").getData()).asString()
			.isEqualTo("{\"orderId\":\"o-1\"}");
	}

	@Test
	void sendsAllBack(OrderPage page) throws Exception {
		long before = ordersInStream();
		deadLetter("orders.created.v1", "ORDERS", "o-1");
		deadLetter("orders.created.v1", "ORDERS", "o-2");
		page.awaitText("#dead", "o-2");
		page.click("#redrive-all");
		page.awaitText("#dead-answer", "2 sent back");
		page.awaitText("#dead-empty", "No message was given up.");
		assertThat(page.find("#dead").isDisplayed()).isFalse();
		assertThat(page.find("#dead-answer").getAttribute("class")).isEmpty();
		assertThat(ordersInStream()).isEqualTo(before + 2);
	}

	@Test
	void keepsOneThatIsRefusedAndSaysWhy(OrderPage page) {
		String homeless = deadLetter("gone.v1", "GONE", "o-1");
		page.awaitText("#dead", "o-1");
		page.redriveButton(homeless).click();
		page.awaitText("#dead-answer", "Dead letter not sent back: ");
		assertThat(page.text("#dead-answer")).contains("no stream captures this subject");
		assertThat(page.find("#dead-answer").getAttribute("class")).isEqualTo("bad");
		await().until(() -> page.redriveButton(homeless).isEnabled());
		assertThat(page.text("#dead")).contains("o-1");
		assertThat(page.redriveButton(homeless)).isEqualTo(page.focused());
		assertThat(page.errors()).singleElement().asString().contains("status of 409");
	}

	@Test
	void sendsBackWhatIsNotRefused(OrderPage page) throws Exception {
		long before = ordersInStream();
		deadLetter("gone.v1", "GONE", "o-1");
		deadLetter("orders.created.v1", "ORDERS", "o-2");
		page.awaitText("#dead", "o-2");
		page.click("#redrive-all");
		page.awaitText("#dead-answer", "1 sent back, 1 not. ");
		assertThat(page.text("#dead-answer")).contains("no stream captures this subject");
		assertThat(page.find("#dead-answer").getAttribute("class")).isEqualTo("bad");
		await().untilAsserted(() -> assertThat(page.text("#dead")).contains("o-1").doesNotContain("o-2"));
		assertThat(ordersInStream()).isEqualTo(before + 1);
	}

	@Test
	void saysThatDeadLettersCanNotBeReadWhileNatsIsAway(OrderPage page, @Autowired EmbeddedNatsServer server) {
		deadLetter("orders.created.v1", "ORDERS", "o-1");
		page.awaitText("#dead", "o-1");
		server.stop();
		try {
			page.awaitText("#dead-empty", "Dead letters can't be read now (dead-letters?limit=25: status 503)");
			assertThat(page.text("#connection")).isEqualTo("Live");
			assertThat(page.find("#redrive-all").isDisplayed()).isFalse();
		}
		finally {
			server.start();
		}
		page.awaitText("#dead", "o-1");
		assertThat(page.errors()).isNotEmpty().allSatisfy((error) -> assertThat(error).contains("status of 503"));
	}

	private String deadLetter(String subject, String stream, String orderId) {
		return DeadLetterFixture.publish(this.jetStream, subject, stream, orderId);
	}

	private long ordersInStream() throws IOException, JetStreamApiException {
		return this.management.getStreamInfo("ORDERS").getStreamState().getMsgCount();
	}

}
