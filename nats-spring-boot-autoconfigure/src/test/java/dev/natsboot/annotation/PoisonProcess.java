package dev.natsboot.annotation;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.natsboot.core.NatsTemplate;
import dev.natsboot.testsupport.JavaProcess;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Configuration;

/**
 * An application that a message can kill.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class PoisonProcess {

	static final String POISON = "poison";

	/** Longer than the poison takes to kill those that are handled beside it. */
	private static final long INNOCENT_MILLIS = 300;

	@Autowired
	private NatsTemplate nats;

	@NatsListener(stream = "ORDERS", subjects = "orders.poison", consumer = "poison", concurrency = "8", ackWait = "2s",
			maxDeliver = "5", deadLetterSubject = "dead.poison")
	void handle(String text) throws InterruptedException {
		if (POISON.equals(text)) {
			Runtime.getRuntime().halt(3);
		}
		TimeUnit.MILLISECONDS.sleep(INNOCENT_MILLIS);
		this.nats.publish("handled", text);
	}

	public static void main(String[] arguments) throws InterruptedException {
		new SpringApplicationBuilder(PoisonProcess.class).web(WebApplicationType.NONE)
			.properties("nats.servers=" + arguments[0])
			.run();
		new CountDownLatch(1).await();
	}

	static Process start(String url) throws IOException {
		return JavaProcess.start(PoisonProcess.class, url);
	}

}
