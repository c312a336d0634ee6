package dev.natsboot.observation;

import java.lang.management.ManagementFactory;
import java.util.List;

import com.sun.management.ThreadMXBean;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the observation of a message takes, most of it in Micrometer.
 */
@Tag("allocation")
class ObservationAllocationTests {

	private static final int MESSAGES = 200_000;

	private static final long MOST_BYTES = 1_000;

	private static final ObservedEndpoint ENDPOINT = new ObservedEndpoint("payment", List.of("orders.>"), "workers",
			"ORDERS", false);

	private final Message message = NatsMessage.builder()
		.subject("orders.created")
		.replyTo("$JS.ACK.ORDERS.workers.1.123456.123456.1700000000000000000.1000")
		.data(new byte[128])
		.build();

	private final Headers headers = new Headers();

	private final NatsObservations observations = observations();

	private static NatsObservations observations() {
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig()
			.observationHandler(
					new NatsMeterObservationHandler(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), true));
		return new NatsObservations(registry, new SubjectTags(10, List.of()));
	}

	@Test
	void anObservedMessageTakesFewBytes() {
		assertThat(bytes(this::process)).isLessThan(MOST_BYTES);
	}

	@Test
	void anObservedPublishTakesFewBytes() {
		assertThat(bytes(this::publish)).isLessThan(MOST_BYTES);
	}

	@SuppressWarnings("try")
	private void process() {
		Observation observation = this.observations.process(ENDPOINT, this.message);
		try (Observation.Scope scope = observation.openScope()) {
			observation.stop();
		}
	}

	private void publish() {
		this.observations.publish("orders.created", this.headers, 128).stop();
	}

	private static long bytes(Runnable work) {
		repeat(work);
		ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
		long thread = Thread.currentThread().getId();
		long before = threads.getThreadAllocatedBytes(thread);
		repeat(work);
		return (threads.getThreadAllocatedBytes(thread) - before) / MESSAGES;
	}

	private static void repeat(Runnable work) {
		for (int i = 0; i < MESSAGES; i++) {
			work.run();
		}
	}

}
