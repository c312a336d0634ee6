package dev.natsboot.sample.processor.payment;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.natsboot.convert.NatsHeaders;
import dev.natsboot.core.EndpointState;
import dev.natsboot.core.JetStreamTemplate;
import dev.natsboot.listener.ListenerContainer;
import dev.natsboot.listener.NatsListenerEndpointRegistry;
import dev.natsboot.sample.processor.event.OrderCreated;
import dev.natsboot.sample.processor.event.OrderItem;
import dev.natsboot.sample.processor.event.ResultPublisher;
import dev.natsboot.sample.processor.support.Orders;
import dev.natsboot.sample.processor.support.Postgres;
import dev.natsboot.sample.processor.support.RunningGateway;
import dev.natsboot.test.EmbeddedNats;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.nats.client.Connection;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PushSubscribeOptions;
import io.nats.client.api.ConsumerInfo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.bean.override.mockito.MockitoSpyBean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.Mockito.clearInvocations;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doCallRealMethod;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mockingDetails;

@SpringBootTest(properties = { "sample.processor.roles=payment", "nats.listener.backoff=100ms,500ms,1s" })
@EmbeddedNats
class ExactlyOnceTests {

	/** How many batches {@link PaymentListener} pays at a time. */
	private static final int CONCURRENCY = 4;

	private static final RunningGateway GATEWAY = RunningGateway.start();

	@Autowired
	private JetStreamTemplate jetStream;

	@Autowired
	private Connection connection;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private JsonMapper json;

	@Autowired
	private NatsListenerEndpointRegistry listeners;

	@Autowired
	private MeterRegistry meters;

	@MockitoSpyBean
	private PaymentGateway gateway;

	@MockitoSpyBean
	private PaymentRepository payments;

	@MockitoSpyBean
	private ResultPublisher publisher;

	private final String run = Orders.prefix();

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) {
		Postgres.register(registry);
		GATEWAY.register(registry);
	}

	/**
	 * And wait for what the test before has left.
	 */
	@BeforeEach
	void repair() {
		GATEWAY.repair();
		await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(() -> {
			ConsumerInfo info = this.connection.jetStreamManagement().getConsumerInfo("ORDERS", "payment");
			assertThat(info.getNumPending() + info.getNumAckPending()).isZero();
		});
		clearInvocations(this.gateway);
	}

	@AfterAll
	static void stop() {
		GATEWAY.stop();
	}

	@Test
	void chargesOnceAlthoughEventsArePublishedTwiceAndTheGatewayFails() {
		GATEWAY.switches("{\"failureRate\": 0.1, \"declineRate\": 0.2}");
		List<OrderCreated> orders = orders(200);
		for (int i = 0; i < orders.size(); i += 10) {
			orders.subList(i, i + 10).forEach((order) -> publish(order, order.messageId()));
			orders.subList(i, i + 10).forEach((order) -> publish(order, order.messageId() + ":again"));
		}
		awaitSettled(orders);
		assertThatEachIsChargedAndAnnouncedOnce(orders);
	}

	@Test
	void chargesOnceWhenItDiesBetweenTheChargeAndTheAnnouncement() {
		doThrow(new IllegalStateException("crash")).doCallRealMethod().when(this.publisher).publish(any());
		List<OrderCreated> orders = publish(orders(20));
		awaitSettled(orders);
		assertThatEachIsChargedAndAnnouncedOnce(orders);
	}

	@Test
	void announcesOnceWhenItDiesBetweenTheAnnouncementAndTheCommit() {
		doThrow(new IllegalStateException("crash")).doCallRealMethod().when(this.payments).settle(any());
		List<OrderCreated> orders = publish(orders(20));
		awaitSettled(orders);
		assertThatEachIsChargedAndAnnouncedOnce(orders);
	}

	@Test
	void doesNothingWhenAllOrdersAreDeliveredAgain() throws Exception {
		List<OrderCreated> orders = publish(orders(50));
		awaitSettled(orders);
		ListenerContainer container = payments();
		container.stop();
		this.connection.jetStreamManagement().deleteConsumer("ORDERS", "payment");
		container.start();
		await().untilAsserted(() -> assertThat(this.connection.jetStreamManagement()
			.getConsumerInfo("ORDERS", "payment")
			.getAckFloor()
			.getStreamSequence()).isGreaterThanOrEqualTo(orders.size()));
		assertThatEachIsChargedAndAnnouncedOnce(orders);
	}

	@Test
	void pausesWhileTheGatewayIsDownAndPaysEverythingAfterwards() {
		GATEWAY.switches("{\"outage\": true}");
		List<OrderCreated> orders = orders(100);
		payments().stop();
		publish(orders.subList(0, 50));
		payments().start();
		await().untilAsserted(() -> assertThat(payments().getState().status()).isEqualTo(EndpointState.Status.PAUSED));
		publish(orders.subList(50, 100));
		await().until(() -> probes() > 1);
		assertThat(charges()).as("a batch for each worker, and one more before the pause")
			.hasSizeBetween(1, 2 * CONCURRENCY);
		assertThat(charges().stream().flatMap(List::stream)).doesNotHaveDuplicates().isSubsetOf(orders.subList(0, 50));
		assertThat(GATEWAY.chargesByOrder(this.run)).isEmpty();
		clearInvocations(this.gateway);
		GATEWAY.switches("{\"outage\": false}");
		awaitSettled(orders);
		assertThat(payments().isPaused()).isFalse();
		assertThat(charges().stream().mapToInt(List::size).sum()).isBetween(orders.size(), orders.size() + CONCURRENCY);
		assertThatEachIsChargedAndAnnouncedOnce(orders);
		assertThat(deadLetters()).isEmpty();
	}

	@Test
	void asksAgainForNoneButTheOrdersThatTheGatewayHasNotAnsweredFor() {
		double retried = retried();
		List<OrderCreated> orders = orders(20);
		doAnswer((call) -> withoutThird(call.callRealMethod(), orders)).doCallRealMethod()
			.when(this.gateway)
			.charge(argThat((charged) -> charged.contains(orders.get(3))));
		publish(orders);
		awaitSettled(orders);
		assertThat(charges().stream().flatMap(List::stream)).containsOnlyOnceElementsOf(without(orders.get(3), orders))
			.filteredOn(orders.get(3)::equals)
			.hasSize(2);
		await().untilAsserted(() -> assertThat(retried()).isEqualTo(retried + 1));
		assertThatEachIsChargedAndAnnouncedOnce(orders);
	}

	@Test
	void sendsNothingButAnIncompleteOrderToTheDeadLetters() {
		assertThatOthersArePaid(Map.of("orderId", this.run + "-invalid"));
	}

	@Test
	void sendsNothingButAnOrderWithANegativeAmountToTheDeadLetters() {
		assertThatOthersArePaid(new OrderCreated(this.run + "-m", this.run + "-invalid", BigDecimal.TEN.negate(),
				Instant.now(), List.of()));
	}

	@Test
	void sendsNothingButAnOrderWhoseIdCannotBeAHeaderToTheDeadLetters() {
		assertThatOthersArePaid(new OrderCreated(this.run + "-\u00f6", this.run + "-invalid", BigDecimal.TEN,
				Instant.now(), List.of()));
	}

	@Test
	void sendsAnOrderToTheDeadLettersWhenFiveDeliveriesFailed() {
		GATEWAY.switches("{\"failureRate\": 1}");
		List<OrderCreated> orders = publish(orders(1));
		await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(deadLetters()).hasSize(1));
		assertThat(GATEWAY.chargesByOrder(this.run)).hasSizeLessThanOrEqualTo(1);
		assertThat(announced(orders)).isEmpty();
	}

	private double retried() {
		return this.meters.get("nats.messages.consumed")
			.tags("listener", PaymentListener.ID, "outcome", "retry")
			.counters()
			.stream()
			.mapToDouble(Counter::count)
			.sum();
	}

	@SuppressWarnings("unchecked")
	private static List<PaymentResult> withoutThird(Object results, List<OrderCreated> orders) {
		return ((List<PaymentResult>) results).stream()
			.filter((result) -> !result.orderId().equals(orders.get(3).orderId()))
			.toList();
	}

	private static List<OrderCreated> without(OrderCreated order, List<OrderCreated> orders) {
		return orders.stream().filter((other) -> !other.equals(order)).toList();
	}

	private List<OrderCreated> orders(int number) {
		return Orders.of(this.run, number, new OrderItem("sku-1", 1));
	}

	private List<OrderCreated> publish(List<OrderCreated> orders) {
		orders.forEach((order) -> publish(order, order.messageId()));
		return orders;
	}

	private void publish(OrderCreated order, String messageId) {
		this.jetStream.publish(OrderCreated.SUBJECT, order, Map.of(NatsHeaders.MESSAGE_ID, messageId));
	}

	private void awaitSettled(List<OrderCreated> orders) {
		await().atMost(Duration.ofSeconds(60))
			.untilAsserted(() -> assertThat(
					this.jdbc.sql("SELECT COUNT(*) FROM payment WHERE order_id LIKE ? AND status IN ('PAID', 'FAILED')")
						.param(this.run + "%")
						.query(Integer.class)
						.single())
				.isEqualTo(orders.size()));
	}

	private void assertThatEachIsChargedAndAnnouncedOnce(List<OrderCreated> orders) {
		Map<String, Long> once = orders.stream().collect(Collectors.toMap(OrderCreated::orderId, (order) -> 1L));
		assertThat(GATEWAY.chargesByOrder(this.run)).isEqualTo(once);
		assertThat(announced(orders)).isEqualTo(once);
	}

	private Map<String, Long> announced(List<OrderCreated> orders) {
		Map<String, Long> announced = new HashMap<>();
		for (Message message : all("payments.*")) {
			PaymentResult result = this.json.readValue(message.getData(), PaymentResult.class);
			if (orders.stream().anyMatch((order) -> order.orderId().equals(result.orderId()))) {
				assertThat(message.getSubject()).isEqualTo(result.subject());
				announced.merge(result.orderId(), 1L, Long::sum);
			}
		}
		return announced;
	}

	/**
	 * Which orders the gateway was asked to charge for, call by call.
	 */
	@SuppressWarnings("unchecked")
	private List<List<OrderCreated>> charges() {
		return mockingDetails(this.gateway).getInvocations()
			.stream()
			.filter((call) -> call.getMethod().getName().equals("charge"))
			.map((call) -> (List<OrderCreated>) call.getArgument(0))
			.toList();
	}

	private long probes() {
		return mockingDetails(this.gateway).getInvocations()
			.stream()
			.filter((call) -> call.getMethod().getName().equals("requireAvailable"))
			.count();
	}

	private void assertThatOthersArePaid(Object invalid) {
		List<OrderCreated> orders = orders(20);
		payments().stop();
		publish(orders.subList(0, 10));
		this.jetStream.publish(OrderCreated.SUBJECT, invalid);
		publish(orders.subList(10, 20));
		payments().start();
		awaitSettled(orders);
		await().untilAsserted(() -> assertThat(deadLetters()).singleElement().satisfies((letter) -> {
			assertThat(letter.getData()).asString().contains("-invalid");
			assertThat(letter.getHeaders().getFirst("Dead-Letter-Deliveries")).isEqualTo("1");
		}));
		assertThatEachIsChargedAndAnnouncedOnce(orders);
	}

	private List<Message> deadLetters() {
		return all("orders.dlq").stream()
			.filter((message) -> new String(message.getData(), StandardCharsets.UTF_8).contains(this.run))
			.toList();
	}

	private List<Message> all(String subject) {
		try {
			JetStreamSubscription subscription = this.connection.jetStream()
				.subscribe(subject, PushSubscribeOptions.builder().ordered(true).build());
			List<Message> messages = new ArrayList<>();
			for (long left = subscription.getConsumerInfo().getCalculatedPending(); left > 0; left--) {
				Message next = subscription.nextMessage(Duration.ofSeconds(10));
				assertThat(next).isNotNull();
				messages.add(next);
			}
			subscription.unsubscribe();
			return messages;
		}
		catch (Exception ex) {
			throw new IllegalStateException("The stream of %s can't be read".formatted(subject), ex);
		}
	}

	private ListenerContainer payments() {
		ListenerContainer container = this.listeners.getListenerContainer(PaymentListener.ID);
		assertThat(container).isNotNull();
		return container;
	}

}
