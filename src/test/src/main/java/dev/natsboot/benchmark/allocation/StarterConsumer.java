package dev.natsboot.benchmark.allocation;

import java.util.concurrent.Semaphore;

import dev.natsboot.annotation.NatsListener;
import dev.natsboot.annotation.NatsRequestHandler;
import dev.natsboot.benchmark.program.Order;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Handles and acknowledges the messages of a stream, and answers requests, with methods
 * of an application.
 */
@State(Scope.Benchmark)
public class StarterConsumer {

	private final ConfigurableApplicationContext context;

	private final Application application;

	/**
	 * Start the application.
	 */
	public StarterConsumer() {
		this.context = new SpringApplication(Application.class).run("--spring.config.location=classpath:/benchmark/");
		this.application = this.context.getBean(Application.class);
	}

	void await() throws InterruptedException {
		this.application.handled.acquire();
	}

	/**
	 * End the application.
	 */
	@TearDown
	public void close() {
		this.context.close();
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		private final Semaphore handled = new Semaphore(0);

		@NatsListener(id = "bytes", stream = Site.STREAM, subjects = Site.BYTES, consumer = "bytes",
				deliverPolicy = "new")
		void bytes(byte[] body) {
			this.handled.release();
		}

		@NatsListener(id = "records", stream = Site.STREAM, subjects = Site.RECORDS, consumer = "records",
				deliverPolicy = "new")
		void record(Order order) {
			this.handled.release();
		}

		@NatsRequestHandler(subject = Site.ANSWERED_BYTES, service = "bytes", version = "1.0.0")
		byte[] answerBytes(byte[] request) {
			return request;
		}

		@NatsRequestHandler(subject = Site.ANSWERED_RECORDS, service = "records", version = "1.0.0")
		Order answerRecord(Order request) {
			return request;
		}

	}

}
