package dev.natsboot.sample.order.state;

import java.util.List;

import dev.natsboot.listener.NatsListenerEndpointRegistry;
import dev.natsboot.sample.order.support.OrderServiceTest;
import io.nats.client.JetStreamManagement;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;

@OrderServiceTest
@TestPropertySource(properties = "sample.follow-orders=false")
class IntakeOnlyTests {

	private static final String ORDER = """
			{"customerId": "c-1", "items": [{"sku": "sku-1", "quantity": 2, "unitPrice": 10.25}]}""";

	@Autowired
	private MockMvcTester mvc;

	@Autowired
	private JetStreamManagement management;

	@Autowired
	private NatsListenerEndpointRegistry listeners;

	@Test
	void acceptsOrdersWhenTheStreamHasThemAndListensToNothing() throws Exception {
		long before = this.management.getStreamInfo("ORDERS").getStreamState().getMsgCount();
		assertThat(this.mvc.post().uri("/orders").contentType(MediaType.APPLICATION_JSON).content(ORDER))
			.hasStatus(HttpStatus.ACCEPTED);
		assertThat(this.management.getStreamInfo("ORDERS").getStreamState().getMsgCount()).isEqualTo(before + 1);
		assertThat(this.listeners.getListenerContainers()).isEmpty();
		assertThat(List.of(this.management.getStreamInfo("PAYMENTS"), this.management.getStreamInfo("INVENTORY")))
			.allSatisfy((stream) -> assertThat(stream.getStreamState().getConsumerCount()).isZero());
	}

	@Test
	void isHealthy() {
		assertThat(this.mvc.get().uri("/actuator/health")).hasStatusOk();
	}

}
