package dev.natsboot.sample.order.page;

import java.time.Duration;
import java.util.Map;

import dev.natsboot.core.JetStreamTemplate;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@OrderPageTest
class OrderPageTests {

	@Autowired
	private JetStreamTemplate jetStream;

	@Test
	void showsAnOrderThatWasPlacedThroughTheForm(OrderPage page) {
		long accepted = page.count("accepted");
		long pending = page.count("paymentPending");
		page.order(Map.of("customerId", "c-form", "sku", "sku-2", "quantity", "2", "unitPrice", "10.50"));
		page.awaitText("#answer", "accepted");
		await().untilAsserted(() -> assertThat(page.text("#orders")).containsPattern("c-form 21.00 pending pending"));
		page.awaitCount("accepted", accepted + 1);
		page.awaitCount("paymentPending", pending + 1);
	}

	@Test
	void showsTheEndOfAnIdAsIdsOfOneMinuteBeginAlike(OrderPage page) {
		String orderId = order(page, "c-id");
		String end = orderId.substring(orderId.length() - 8);
		page.awaitText("#orders", end + " c-id ");
		assertThat(page.find("#orders [title='" + orderId + "']").getText()).isEqualTo(end);
	}

	@Test
	void showsWhatBecomesOfAnOrder(OrderPage page) {
		long paid = page.count("paid");
		long outOfStock = page.count("outOfStock");
		String orderId = order(page, "c-followed");
		this.jetStream.publish("payments.completed", new Event(orderId, "PAID"));
		this.jetStream.publish("inventory.out_of_stock", new Event(orderId, "OUT_OF_STOCK"));
		await().untilAsserted(
				() -> assertThat(page.text("#orders")).containsPattern("c-followed 10.00 paid out of stock .* m?s"));
		page.awaitCount("paid", paid + 1);
		page.awaitCount("outOfStock", outOfStock + 1);
	}

	@Test
	void marksWhatIsInvalidAndSaysWhy(OrderPage page) {
		long accepted = page.count("accepted");
		page.order(Map.of("customerId", "c-bad", "quantity", "0"));
		page.awaitText("#answer", "Invalid request: items[0].quantity must be greater than 0");
		assertThat(page.find("#answer").getAttribute("class")).isEqualTo("bad");
		assertThat(page.field("quantity").getAttribute("aria-invalid")).isEqualTo("true");
		assertThat(page.field("customerId").getAttribute("aria-invalid")).isEqualTo("false");
		assertThat(page.field("quantity")).isEqualTo(page.focused());
		assertThat(page.errors()).singleElement().asString().contains("status of 400");
		page.order(Map.of("quantity", "1"));
		page.awaitText("#answer", "accepted");
		assertThat(page.field("quantity").getAttribute("aria-invalid")).isEqualTo("false");
		page.awaitCount("accepted", accepted + 1);
	}

	@Test
	void refreshesNothingBetweenPauseAndGoOn(OrderPage page) {
		String orderId = order(page, "c-paused");
		page.click("#pause");
		assertThat(page.text("#pause")).isEqualTo("Go on");
		assertThat(page.text("#connection")).isEqualTo("Paused");
		this.jetStream.publish("payments.failed", new Event(orderId, "FAILED"));
		await().during(Duration.ofMillis(2500))
			.untilAsserted(() -> assertThat(page.text("#orders")).containsPattern("c-paused 10.00 pending"));
		page.click("#pause");
		assertThat(page.text("#pause")).isEqualTo("Pause");
		await().untilAsserted(() -> assertThat(page.text("#orders")).containsPattern("c-paused 10.00 failed"));
		assertThat(page.text("#connection")).isEqualTo("Live");
	}

	@Test
	void saysThatItIsPausedWhenAnOrderIsPlacedMeanwhile(OrderPage page) {
		page.click("#pause");
		order(page, "c-meanwhile");
		assertThat(page.text("#connection")).isEqualTo("Paused");
	}

	private static String order(OrderPage page, String customer) {
		page.order(Map.of("customerId", customer));
		page.awaitText("#answer", "accepted");
		page.awaitText("#orders", customer);
		return page.text("#answer").replaceFirst("Order (\\S+) accepted", "$1");
	}

	record Event(String orderId, String status) {

	}

}
