package dev.natsboot.deadletter;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import dev.natsboot.annotation.NatsListener;
import dev.natsboot.autoconfigure.NatsConverterAutoConfiguration;
import dev.natsboot.autoconfigure.NatsDeadLetterAutoConfiguration;
import dev.natsboot.autoconfigure.NatsJetStreamOptionsAutoConfiguration;
import dev.natsboot.autoconfigure.NatsListenerAutoConfiguration;
import dev.natsboot.autoconfigure.NatsTemplateAutoConfiguration;
import dev.natsboot.autoconfigure.NatsTopologyAutoConfiguration;
import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.testsupport.JavaProcess;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * A listener in a process of its own that says when its handler runs and never ends it,
 * to be killed.
 */
final class HangingProcess {

	static final String RUNNING = "handler.running";

	private HangingProcess() {
	}

	public static void main(String[] arguments) throws Exception {
		SpringApplication application = new SpringApplication(Application.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.run("--test.url=" + arguments[0]);
		new CountDownLatch(1).await();
	}

	static Process start(String url) throws IOException {
		return JavaProcess.start(HangingProcess.class, url);
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ NatsConverterAutoConfiguration.class, NatsJetStreamOptionsAutoConfiguration.class,
			NatsTopologyAutoConfiguration.class, NatsTemplateAutoConfiguration.class,
			NatsListenerAutoConfiguration.class, NatsDeadLetterAutoConfiguration.class })
	static class Application {

		@Bean
		NatsConnectionManager natsConnectionManager(Environment environment) {
			return NatsConnectionManager.builder()
				.options((options) -> options.server(environment.getRequiredProperty("test.url"))
					.reconnectWait(Duration.ofMillis(50)))
				.build();
		}

		@Bean
		Handler handler(NatsConnectionManager connections) {
			return new Handler(connections);
		}

	}

	static class Handler {

		private final NatsConnectionManager connections;

		Handler(NatsConnectionManager connections) {
			this.connections = connections;
		}

		@NatsListener(id = "bound", stream = "ORDERS", consumer = "bound",
				deadLetterSubject = "dead.{stream}.{consumer}")
		void handle(String order) throws InterruptedException {
			this.connections.connection().publish(RUNNING, order.getBytes());
			new CountDownLatch(1).await();
		}

	}

}
