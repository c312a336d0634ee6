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
import dev.natsboot.listener.ConsumerType;
import dev.natsboot.listener.MessageFilter;
import dev.natsboot.observation.NatsMetrics;
import dev.natsboot.testsupport.JavaProcess;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * A listener in a process of its own that ends, without any more to happen, at a point of
 * the message's way. A JVM that is halted can keep its connection for some 300 ms, so
 * advisories are followed only where that is the point: else one might be sent to it.
 */
final class CrashingProcess {

	static final String EFFECTS = "effects";

	static final int STATUS = 3;

	private CrashingProcess() {
	}

	public static void main(String[] arguments) throws InterruptedException {
		new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties("test.url=" + arguments[0], "test.consumer-type=" + arguments[1], "test.point=" + arguments[2],
					"nats.dead-letters.advisories.enabled=" + (Point.valueOf(arguments[2]) == Point.IN_FOLLOWER))
			.run();
		new CountDownLatch(1).await();
	}

	static Process start(String url, ConsumerType consumerType, Point point) throws IOException {
		return JavaProcess.start(CrashingProcess.class, url, consumerType.name(), point.name());
	}

	private static void crash(Environment environment, Point point) {
		if (environment.getProperty("test.point", Point.class) == point) {
			Runtime.getRuntime().halt(STATUS);
		}
	}

	/**
	 * Where to crash.
	 */
	enum Point {

		/** The handler wasn't called. */
		BEFORE_HANDLER,

		/** The handler has had its effect, and the message isn't acknowledged. */
		AFTER_EFFECT,

		/** The listener's dead letter is stored, and the message isn't terminated. */
		AFTER_DEAD_LETTER,

		/** The follower's dead letter is stored, and the advisory isn't acknowledged. */
		IN_FOLLOWER

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ NatsConverterAutoConfiguration.class, NatsJetStreamOptionsAutoConfiguration.class,
			NatsTopologyAutoConfiguration.class, NatsTemplateAutoConfiguration.class,
			NatsListenerAutoConfiguration.class, NatsDeadLetterAutoConfiguration.class })
	static class Application {

		@Bean
		NatsConnectionManager natsConnectionManager(Environment environment) {
			return NatsConnectionManager.builder()
				.options((options) -> options.server(environment.getRequiredProperty("test.url")))
				.build();
		}

		@Bean
		MessageFilter beforeHandler(Environment environment) {
			return (message) -> {
				crash(environment, Point.BEFORE_HANDLER);
				return true;
			};
		}

		/**
		 * A dead letter is counted when the server has confirmed it, and before anything
		 * is settled.
		 */
		@Bean
		NatsMetrics natsMetrics(Environment environment) {
			return (subject, failed) -> {
				crash(environment, Point.AFTER_DEAD_LETTER);
				crash(environment, Point.IN_FOLLOWER);
			};
		}

		@Bean
		Handler handler(NatsConnectionManager connections, Environment environment) {
			return new Handler(connections, environment);
		}

	}

	record Handler(NatsConnectionManager connections, Environment environment) {

		@NatsListener(id = "bound", stream = "ORDERS", consumer = "bound", consumerType = "${test.consumer-type}",
				filter = "beforeHandler", deadLetterSubject = "dead.{stream}.{consumer}")
		void handle(String order) throws Exception {
			this.connections.connection().publish(EFFECTS, order.getBytes());
			this.connections.connection().flush(Duration.ofSeconds(5));
			crash(this.environment, Point.AFTER_EFFECT);
			throw new IllegalStateException("This order fails");
		}

	}

}
