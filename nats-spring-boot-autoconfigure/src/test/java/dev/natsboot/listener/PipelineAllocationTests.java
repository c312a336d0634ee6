package dev.natsboot.listener;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import com.sun.management.ThreadMXBean;
import dev.natsboot.core.JetStreamOperations;
import dev.natsboot.core.NatsOperations;
import dev.natsboot.observation.ListenerMetrics;
import dev.natsboot.observation.MicrometerNatsMetrics;
import dev.natsboot.observation.NatsMetrics;
import dev.natsboot.observation.NatsObservations;
import dev.natsboot.observation.SubjectTags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nats.client.Connection;
import io.nats.client.JetStreamOptions;
import io.nats.client.Message;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.impl.NatsMessage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * What a message costs on its way from the source through the handler to its
 * acknowledgement, beyond what the client needs for it.
 */
@Tag("allocation")
class PipelineAllocationTests {

	private static final int WARM_UP = 100_000;

	private static final int MESSAGES = 100_000;

	private static final long MOST_BYTES = 150;

	private final Message message = NatsMessage.builder()
		.subject("orders.created")
		.replyTo("$JS.ACK.ORDERS.billing.1.123456.123456.1700000000000000000.1000")
		.data("{}".getBytes(StandardCharsets.US_ASCII))
		.build();

	private final InFlight inFlight = new InFlight();

	private int handled;

	@Test
	void aHandledAndAcknowledgedMessageTakesFewBytes() throws Exception {
		NatsListenerEndpoint endpoint = NatsListenerEndpoint.builder("orders", (MessageListener) this::handle)
			.subjects(List.of("orders.>"))
			.stream("ORDERS")
			.consumer("billing")
			.build();
		try (MicrometerNatsMetrics metrics = new MicrometerNatsMetrics(new SimpleMeterRegistry(),
				new SubjectTags(10, List.of()), List.of())) {
			ListenerMetrics counted = metrics.listener("orders", List.of("orders.>"));
			Settlement settlement = new JetStreamSettlement(endpoint, 5, counted,
					new DeadLetterPublisher(mock(Connection.class), JetStreamOptions.DEFAULT_JS_OPTIONS,
							NatsMetrics.NONE, null),
					new ServerAnswers(endpoint, new Answered(),
							new ServerBackOff(ConsumerConfiguration.builder().build()), null),
					new Events());
			MessagePipeline pipeline = pipeline(endpoint, settlement, counted);
			process(pipeline, settlement, WARM_UP);
			assertThat(allocated(() -> process(pipeline, settlement, MESSAGES)) / MESSAGES).isLessThan(MOST_BYTES);
		}
		assertThat(this.handled).isEqualTo(WARM_UP + MESSAGES);
		assertThat(this.inFlight.count()).isZero();
	}

	private Object handle(Delivery delivery) {
		this.handled += delivery.message().getData().length / 2;
		return null;
	}

	private MessagePipeline pipeline(NatsListenerEndpoint endpoint, Settlement settlement, ListenerMetrics metrics) {
		ListenerServices services = new ListenerServices(null, Runnable::run, null, mock(NatsOperations.class),
				mock(JetStreamOperations.class), null, NatsMetrics.NONE, NatsObservations.NONE, metrics, null,
				JetStreamOptions.DEFAULT_JS_OPTIONS, Duration.ZERO, Duration.ZERO);
		return new MessagePipeline(endpoint, (MessageListener) endpoint.listener(), settlement,
				new ReplySender(endpoint, services), services, (duration) -> {
				});
	}

	private void process(MessagePipeline pipeline, Settlement settlement, int messages) {
		for (int i = 0; i < messages; i++) {
			Delivery delivery = new Delivery(this.message, settlement, 0);
			this.inFlight.add(delivery);
			pipeline.process(delivery);
		}
	}

	private static long allocated(Runnable work) {
		ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
		long thread = Thread.currentThread().getId();
		long before = threads.getThreadAllocatedBytes(thread);
		work.run();
		return threads.getThreadAllocatedBytes(thread) - before;
	}

	private final class Events implements DeliveryEvents {

		@Override
		public void completed(Delivery delivery) {
			PipelineAllocationTests.this.inFlight.remove(delivery);
		}

		@Override
		public void unsettled(Delivery delivery, int turn) {
			PipelineAllocationTests.this.inFlight.unsettled(delivery, turn);
		}

		@Override
		public boolean again(Delivery delivery, Duration delay) {
			return false;
		}

		@Override
		public boolean hasNewer(Delivery delivery) {
			return false;
		}

	}

}
