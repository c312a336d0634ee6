package dev.natsboot.annotation;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.natsboot.autoconfigure.NatsAutoConfiguration;
import dev.natsboot.autoconfigure.NatsConverterAutoConfiguration;
import dev.natsboot.autoconfigure.NatsJetStreamOptionsAutoConfiguration;
import dev.natsboot.autoconfigure.NatsListenerAutoConfiguration;
import dev.natsboot.autoconfigure.NatsTemplateAutoConfiguration;
import dev.natsboot.autoconfigure.NatsTopologyAutoConfiguration;
import dev.natsboot.convert.NatsHeaders;
import dev.natsboot.core.NatsTemplate;
import dev.natsboot.testsupport.JavaProcess;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.handler.annotation.Header;

/**
 * A listener in a JVM with little memory, which ends when it has none left.
 */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({ JacksonAutoConfiguration.class, NatsAutoConfiguration.class,
		NatsConverterAutoConfiguration.class, NatsJetStreamOptionsAutoConfiguration.class,
		NatsTopologyAutoConfiguration.class, NatsTemplateAutoConfiguration.class, NatsListenerAutoConfiguration.class })
class SmallHeapProcess {

	/** So many are handled at once: the listener has as many ahead then as it may. */
	private static final int FAST = 50;

	/** Each of the others takes so long: they come faster. */
	private static final long HANDLER_MILLIS = 20;

	private final AtomicInteger begun = new AtomicInteger();

	@Autowired
	private NatsTemplate nats;

	@NatsListener(stream = "LARGE", subjects = "large.*", consumer = "${test.type}", consumerType = "${test.type}",
			maxAckPending = "${test.max-ack-pending}", concurrency = "4")
	void handle(byte[] payload, @Header(NatsHeaders.SUBJECT) String subject) throws InterruptedException {
		if (this.begun.incrementAndGet() > FAST) {
			TimeUnit.MILLISECONDS.sleep(HANDLER_MILLIS);
		}
		this.nats.publish("handled", subject + " " + payload.length);
	}

	public static void main(String[] arguments) throws InterruptedException {
		new SpringApplicationBuilder(SmallHeapProcess.class).web(WebApplicationType.NONE)
			.properties("nats.servers=" + arguments[0])
			.run();
		new CountDownLatch(1).await();
	}

	static Process start(String url, String heap, String type, int maxAckPending) throws IOException {
		List<String> options = List.of("-Xmx" + heap, "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError",
				"-Dtest.type=" + type, "-Dtest.max-ack-pending=" + maxAckPending);
		return JavaProcess.start(SmallHeapProcess.class, options, url);
	}

}
