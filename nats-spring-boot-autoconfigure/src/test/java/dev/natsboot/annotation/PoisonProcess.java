package dev.natsboot.annotation;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.natsboot.core.NatsTemplate;
import dev.natsboot.testsupport.JavaProcess;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Profile;

/**
 * An application that a message can kill.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ PoisonProcess.PullHandler.class, PoisonProcess.PushHandler.class, PoisonProcess.BatchHandler.class,
		PoisonProcess.AllHandler.class })
class PoisonProcess {

	static final String POISON = "poison";

	/** Longer than the poison takes to kill those that are handled beside it. */
	private static final long INNOCENT_MILLIS = 300;

	private static void handle(NatsTemplate nats, String text) throws InterruptedException {
		if (POISON.equals(text)) {
			Runtime.getRuntime().halt(3);
		}
		TimeUnit.MILLISECONDS.sleep(INNOCENT_MILLIS);
		nats.publish("handled", text);
	}

	public static void main(String[] arguments) throws InterruptedException {
		new SpringApplicationBuilder(PoisonProcess.class).web(WebApplicationType.NONE)
			.properties("nats.servers=" + arguments[0], "nats.listener.ack-wait=2s", "nats.listener.max-deliver=3",
					"nats.listener.dead-letter-subject=dead.poison")
			.profiles(arguments[1])
			.run();
		new CountDownLatch(1).await();
	}

	static Process start(String url, Listener listener) throws IOException {
		return JavaProcess.start(PoisonProcess.class, url, listener.name());
	}

	/**
	 * How the messages come.
	 */
	enum Listener {

		PULL, PUSH, BATCH, ALL

	}

	@Profile("PULL")
	record PullHandler(NatsTemplate nats) {

		@NatsListener(stream = "ORDERS", subjects = "orders.poison", consumer = "poison", concurrency = "8")
		void handle(String text) throws InterruptedException {
			PoisonProcess.handle(this.nats, text);
		}

	}

	@Profile("PUSH")
	record PushHandler(NatsTemplate nats) {

		@NatsListener(stream = "ORDERS", subjects = "orders.poison", consumer = "poison", consumerType = "push",
				concurrency = "8")
		void handle(String text) throws InterruptedException {
			PoisonProcess.handle(this.nats, text);
		}

	}

	@Profile("BATCH")
	record BatchHandler(NatsTemplate nats) {

		@NatsListener(stream = "ORDERS", subjects = "orders.poison", consumer = "poison", batchSize = "4",
				concurrency = "2")
		void handle(List<String> texts) throws InterruptedException {
			for (String text : texts) {
				PoisonProcess.handle(this.nats, text);
			}
		}

	}

	@Profile("ALL")
	record AllHandler(NatsTemplate nats) {

		@NatsListener(stream = "ORDERS", subjects = "orders.poison", consumer = "poison", batchSize = "4",
				ackMode = "all")
		void handle(List<String> texts) throws InterruptedException {
			for (String text : texts) {
				PoisonProcess.handle(this.nats, text);
			}
		}

	}

}
