package dev.natsboot.sample.order.page;

import java.util.List;
import java.util.Map;

import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The order page as a person sees and uses it.
 */
class OrderPage {

	private final ChromeDriver browser;

	OrderPage(ChromeDriver browser) {
		this.browser = browser;
	}

	void open(String address) {
		this.browser.get(address);
		awaitText("#connection", "Live");
	}

	/**
	 * Fill in the form, whose fields are named by the keys, and send it.
	 */
	void order(Map<String, String> fields) {
		fields.forEach((name, value) -> {
			WebElement field = field(name);
			field.clear();
			field.sendKeys(value);
		});
		click("#order-form button");
	}

	WebElement field(String name) {
		return find("#order-form [name=" + name + "]");
	}

	void click(String selector) {
		find(selector).click();
	}

	WebElement redriveButton(String deadLetter) {
		return find("[aria-label='Redrive dead letter " + deadLetter + "']");
	}

	WebElement find(String selector) {
		return this.browser.findElement(By.cssSelector(selector));
	}

	/**
	 * What is to be seen, with one space between words, lines and cells.
	 */
	String text(String selector) {
		return find(selector).getText().replaceAll("\\s+", " ");
	}

	long count(String name) {
		return Long.parseLong(text("[data-count=" + name + "]").replaceAll("\\D", ""));
	}

	/**
	 * The element that has the focus.
	 */
	WebElement focused() {
		return this.browser.switchTo().activeElement();
	}

	void awaitText(String selector, String text) {
		await().untilAsserted(() -> assertThat(text(selector)).contains(text));
	}

	void awaitCount(String name, long count) {
		await().untilAsserted(() -> assertThat(count(name)).as(name).isEqualTo(count));
	}

	/**
	 * The errors in the console since it was looked into last; a request that the server
	 * refuses is one.
	 */
	List<String> errors() {
		return this.browser.manage().logs().get(LogType.BROWSER).getAll().stream().map(LogEntry::getMessage).toList();
	}

}
