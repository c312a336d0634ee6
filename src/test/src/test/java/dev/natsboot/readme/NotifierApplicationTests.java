package dev.natsboot.readme;

import java.time.Duration;

import dev.natsboot.test.EmbeddedNats;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@EmbeddedNats
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = "spring.config.location=classpath:readme/application.yml")
class NotifierApplicationTests {

	@Autowired
	private OrderPublisher publisher;

	@Autowired
	private Notifications notifications;

	@LocalServerPort
	private int port;

	@Test
	void handlesAnOrderAndAnswersTheGreeter() {
		assertThat(this.publisher.publish(new OrderCreated("o-1", "c-1", 10.0)).getStream()).isEqualTo("ORDERS");
		await()
			.untilAsserted(() -> assertThat(this.notifications.sent()).containsExactly("c-1: We have your order o-1"));
		await().ignoreExceptions()
			.untilAsserted(() -> assertThat(this.publisher.greet("World")).isEqualTo("Hello, World!"));
	}

	@Test
	void isHealthyAndScraped() {
		await().ignoreExceptions().untilAsserted(() -> {
			assertThat(get("/actuator/health")).contains("\"status\":\"UP\"");
			assertThat(get("/actuator/prometheus")).contains("nats_messages_published_total",
					"nats_messages_consumed_total{", "nats_consumer_pending_messages{consumer=\"notifier\"");
		});
	}

	private String get(String path) {
		return RestClient.create("http://localhost:" + this.port).get().uri(path).retrieve().body(String.class);
	}

}
