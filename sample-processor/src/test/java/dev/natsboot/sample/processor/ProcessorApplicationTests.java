package dev.natsboot.sample.processor;

import java.util.List;
import java.util.stream.Stream;

import dev.natsboot.listener.ListenerContainer;
import dev.natsboot.listener.NatsListenerEndpointRegistry;
import dev.natsboot.test.EmbeddedNats;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(properties = { "spring.datasource.url=jdbc:h2:mem:${random.uuid};MODE=PostgreSQL",
		"sample.processor.roles=payment,inventory" })
@AutoConfigureMockMvc
@EmbeddedNats
class ProcessorApplicationTests {

	@Autowired
	private NatsListenerEndpointRegistry listeners;

	@Autowired
	private MockMvcTester mvc;

	@Test
	void hasTheListenersOfItsRolesOnly() {
		assertThat(this.listeners.getListenerContainers()).extracting(ListenerContainer::getId)
			.containsExactlyInAnyOrder("payment", "inventory");
	}

	@Test
	void showsItsMetersFromTheStart() {
		List<String> buckets = Stream
			.of("0.01", "0.02", "0.04", "0.08", "0.16", "0.32", "0.64", "1.28", "2.56", "5.12", "+Inf")
			.map("le=\"%s\""::formatted)
			.toList();
		assertThat(this.mvc.get().uri("/actuator/prometheus")).hasStatusOk()
			.bodyText()
			.contains("# HELP order_processing_duration_seconds ", "# HELP order_processing_errors_total ",
					"order_processing_errors_total 0.0")
			.satisfies((text) -> assertThat(text.lines()
				.filter((line) -> line.startsWith("order_processing_duration_seconds_bucket{status=\"paid\""))
				.map((line) -> line.replaceAll(".*(le=\"[^\"]+\").*", "$1"))).containsExactlyElementsOf(buckets));
	}

}
