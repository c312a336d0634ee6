package dev.natsboot.listener;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import com.sun.management.ThreadMXBean;
import dev.natsboot.annotation.NatsListener;
import dev.natsboot.autoconfigure.NatsAutoConfiguration;
import dev.natsboot.autoconfigure.NatsConverterAutoConfiguration;
import dev.natsboot.autoconfigure.NatsJetStreamOptionsAutoConfiguration;
import dev.natsboot.autoconfigure.NatsListenerAutoConfiguration;
import dev.natsboot.autoconfigure.NatsTemplateAutoConfiguration;
import dev.natsboot.autoconfigure.NatsTopologyAutoConfiguration;
import dev.natsboot.core.JetStreamOperations;
import dev.natsboot.core.NatsOperations;
import dev.natsboot.observation.ListenerMetrics;
import dev.natsboot.observation.ListenerMetrics.Outcome;
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
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * What a message takes from its delivery through the pipeline and the handler to its
 * settlement, without a server: the messages here come from no subscription, and to
 * acknowledge them does nothing.
 */
@Tag("allocation")
class PipelineAllocationTests {

	private static final int WARM_UP = 100_000;

	private static final int MESSAGES = 100_000;

	private static final long MOST_BYTES = 150;

	private static final byte[] ORDER = """
			{"id":"order-000001","customer":"customer-42","amount":123456,"currency":"EUR"}"""
		.getBytes(StandardCharsets.US_ASCII);

	private static final ApplicationContextRunner APPLICATION = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, NatsAutoConfiguration.class,
				NatsConverterAutoConfiguration.class, NatsJetStreamOptionsAutoConfiguration.class,
				NatsTopologyAutoConfiguration.class, NatsTemplateAutoConfiguration.class,
				NatsListenerAutoConfiguration.class))
		.withPropertyValues("nats.servers=nats://localhost:1", "nats.listener.auto-startup=false")
		.withBean(Handlers.class);

	private final InFlight inFlight = new InFlight();

	private int handled;

	@Test
	void aHandledMessageTakesFewBytes() throws Exception {
		NatsListenerEndpoint endpoint = NatsListenerEndpoint.builder("orders", (MessageListener) this::handle)
			.subjects(List.of("orders.>"))
			.stream("ORDERS")
			.consumer("billing")
			.build();
		assertThat(perMessage(endpoint)).isLessThan(MOST_BYTES);
		assertThat(this.handled).isEqualTo(WARM_UP + MESSAGES);
	}

	@Test
	void aMethodThatGetsTheBytesTakesFewBytes() {
		APPLICATION.run((context) -> assertThat(perMessage(endpoint(context, "bytes"))).isLessThan(MOST_BYTES));
	}

	@Test
	void aMethodThatGetsARecordTakesFewBytesAboveJackson() {
		APPLICATION.run((context) -> {
			ObjectReader reader = context.getBean(JsonMapper.class).readerFor(Order.class);
			read(reader, WARM_UP);
			long jackson = allocated(() -> read(reader, MESSAGES)) / MESSAGES;
			assertThat(jackson).isPositive();
			assertThat(perMessage(endpoint(context, "record"))).isGreaterThan(jackson).isLessThan(jackson + MOST_BYTES);
		});
	}

	private static NatsListenerEndpoint endpoint(ApplicationContext context, String id) {
		ListenerContainer container = context.getBean(NatsListenerEndpointRegistry.class).getListenerContainer(id);
		assertThat(container).isNotNull();
		return container.getEndpoint();
	}

	private Object handle(Delivery delivery) {
		this.handled += delivery.message().getData().length / ORDER.length;
		return null;
	}

	private void read(ObjectReader reader, int messages) {
		for (int i = 0; i < messages; i++) {
			this.handled += reader.<Order>readValue(ORDER).amount() / 123456;
		}
	}

	private long perMessage(NatsListenerEndpoint endpoint) throws Exception {
		try (MicrometerNatsMetrics metrics = new MicrometerNatsMetrics(new SimpleMeterRegistry(),
				new SubjectTags(10, List.of()), List.of())) {
			ListenerMetrics counted = metrics.listener("orders", List.of("orders.>"), Outcome.OF_STREAM);
			Settlement settlement = new JetStreamSettlement(endpoint, 5, counted,
					new DeadLetterPublisher(mock(Connection.class), JetStreamOptions.DEFAULT_JS_OPTIONS,
							NatsMetrics.NONE, null),
					new ServerAnswers(endpoint, new Answered(),
							new ServerBackOff(ConsumerConfiguration.builder().build()), null),
					new Events());
			MessagePipeline pipeline = pipeline(endpoint, settlement, counted);
			process(pipeline, settlement, WARM_UP);
			long allocated = allocated(() -> process(pipeline, settlement, MESSAGES));
			assertThat(this.inFlight.count()).isZero();
			return allocated / MESSAGES;
		}
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
		Message message = NatsMessage.builder()
			.subject("orders.created")
			.replyTo("$JS.ACK.ORDERS.billing.1.123456.123456.1700000000000000000.1000")
			.data(ORDER)
			.build();
		for (int i = 0; i < messages; i++) {
			Delivery delivery = new Delivery(message, settlement, 0);
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

	record Order(String id, String customer, long amount, String currency) {
	}

	static class Handlers {

		private long handled;

		@NatsListener(id = "bytes", stream = "ORDERS", subjects = "orders.>", consumer = "bytes")
		void bytes(byte[] body) {
			this.handled += body.length;
		}

		@NatsListener(id = "record", stream = "ORDERS", subjects = "orders.>", consumer = "record")
		void record(Order order) {
			this.handled += order.amount();
		}

	}

}
