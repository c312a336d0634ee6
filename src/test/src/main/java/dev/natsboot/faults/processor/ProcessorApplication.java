package dev.natsboot.faults.processor;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * The application under fault. It doesn't outlive the process that has started it.
 */
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties(ProcessorProperties.class)
public class ProcessorApplication {

	/**
	 * Start the application.
	 * @param arguments the properties
	 */
	public static void main(String... arguments) {
		SpringApplication.run(ProcessorApplication.class, arguments);
	}

	@Bean
	Ledger ledger(ProcessorProperties properties) {
		ProcessHandle.of(properties.parent()).orElseThrow().onExit().thenRun(() -> Runtime.getRuntime().halt(1));
		return new Ledger(properties.ledger());
	}

}
