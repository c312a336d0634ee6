package dev.natsboot.autoconfigure;

import java.time.Duration;

import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.testsupport.NatsServer;
import dev.natsboot.topology.TopologyException;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.api.StreamConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

@ExtendWith(OutputCaptureExtension.class)
class TopologyFailureAnalyzerTests {

	@Test
	void printsWhatDiffersAndWhatToDo(CapturedOutput output) throws Exception {
		try (NatsServer server = new NatsServer(); Connection connection = Nats.connect(server.url())) {
			connection.jetStreamManagement()
				.addStream(StreamConfiguration.builder()
					.name("ORDERS")
					.subjects("orders.>")
					.maxAge(Duration.ofHours(12))
					.build());
			SpringApplication application = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
				.properties("url=" + server.url(), "nats.jetstream.provisioning=validate",
						"nats.jetstream.streams.ORDERS.max-age=1d",
						"nats.jetstream.streams.PAYMENTS.subjects=payments.>")
				.build();
			assertThatException().isThrownBy(() -> application.run()).withRootCauseInstanceOf(TopologyException.class);
		}
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("  - stream 'ORDERS', max-age: declared 1d, server 12h")
			.contains("  - stream 'PAYMENTS' does not exist")
			.contains("Set nats.jetstream.streams.ORDERS.provisioning=update to change the server")
			.contains("nats.jetstream.streams.PAYMENTS.provisioning=create");
	}

	@Test
	void explainsARefusalOfTheServer() {
		FailureAnalysis analysis = new TopologyFailureAnalyzer()
			.analyze(new IllegalStateException(new TopologyException("The server refused to create it", null)));
		assertThat(analysis.getDescription()).isEqualTo("The server refused to create it");
		assertThat(analysis.getAction()).contains("nats.jetstream.provisioning=none");
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ NatsJetStreamOptionsAutoConfiguration.class, NatsTopologyAutoConfiguration.class })
	static class Application {

		@Bean
		static NatsConnectionManager natsConnectionManager(Environment environment) {
			return NatsConnectionManager.builder()
				.options((options) -> options.server(environment.getRequiredProperty("url")))
				.build();
		}

	}

}
