package dev.natsboot.sample.order.discovery;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import dev.natsboot.core.NatsTemplate;
import dev.natsboot.sample.order.support.OrderServiceTest;
import io.nats.client.Connection;
import io.nats.client.Message;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

@OrderServiceTest
class DiscoveryTests {

	@Autowired
	private NatsTemplate nats;

	@Autowired
	private Connection connection;

	@Test
	void tellsWhereOrdersAreTaken() {
		assertThat(this.nats.request("Discovery.OrderService", null, ServiceDiscovery.class, Duration.ofSeconds(10)))
			.isEqualTo(new ServiceDiscovery("http://localhost:8080"));
	}

	@Test
	void isAServiceThatAnyClientFinds() throws Exception {
		Message info = this.connection.request("$SRV.INFO.OrderService", null, Duration.ofSeconds(10));
		assertThat(info).isNotNull();
		assertThat(new String(info.getData(), StandardCharsets.UTF_8)).contains("Discovery.OrderService");
	}

}
