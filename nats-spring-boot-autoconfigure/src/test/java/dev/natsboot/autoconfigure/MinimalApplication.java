package dev.natsboot.autoconfigure;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.natsboot.annotation.NatsListener;
import dev.natsboot.core.NatsTemplate;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * An application that needs nothing but the starter.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class MinimalApplication {

	private final CompletableFuture<String> seen = new CompletableFuture<>();

	@NatsListener("minimal")
	void handle(String text) {
		this.seen.complete(text);
	}

	/**
	 * Start, send a message to the listener, and stop when it has come.
	 */
	public static void main(String[] arguments) throws Exception {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(MinimalApplication.class)
			.web(WebApplicationType.NONE)
			.properties("nats.servers=" + arguments[0])
			.run()) {
			context.getBean(NatsTemplate.class).publish("minimal", "seen");
			context.getBean(MinimalApplication.class).seen.get(10, TimeUnit.SECONDS);
		}
	}

}
