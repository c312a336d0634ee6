package dev.natsboot.sample.processor.inventory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import dev.natsboot.convert.NatsHeaders;
import dev.natsboot.core.JetStreamTemplate;
import dev.natsboot.listener.ListenerContainer;
import dev.natsboot.listener.NatsListenerEndpointRegistry;
import dev.natsboot.sample.processor.event.OrderCreated;
import dev.natsboot.sample.processor.event.OrderItem;
import dev.natsboot.sample.processor.support.Orders;
import dev.natsboot.sample.processor.support.Postgres;
import dev.natsboot.test.EmbeddedNats;
import io.nats.client.JetStreamManagement;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@SpringBootTest(properties = { "sample.processor.roles=inventory", "sample.inventory.initial-stock=100" })
@EmbeddedNats
class InventoryTests {

	@Autowired
	private InventoryService inventory;

	@Autowired
	private JetStreamTemplate jetStream;

	@Autowired
	private JetStreamManagement management;

	@Autowired
	private NatsListenerEndpointRegistry listeners;

	@Autowired
	private JdbcClient jdbc;

	private final String run = Orders.prefix();

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) {
		Postgres.register(registry);
	}

	@Test
	void neverReservesMoreThanThereIs() throws Exception {
		List<List<OrderCreated>> batches = batches(Orders.of(this.run, 400, item("a", 1)), 20);
		List<ReservationResult> results = inParallel(batches);
		assertThat(results).hasSize(400);
		assertThat(count(results, ReservationStatus.RESERVED)).isEqualTo(100);
		assertThat(available("a")).isZero();
	}

	@Test
	void reservesOnceAlthoughOrdersComeAgainAtTheSameTime() throws Exception {
		List<OrderCreated> orders = Orders.of(this.run, 30, item("a", 1), item("b", 2));
		List<ReservationResult> results = inParallel(List.of(orders, orders, orders, orders));
		assertThat(results).hasSize(120)
			.allSatisfy((result) -> assertThat(result.status()).isEqualTo(ReservationStatus.RESERVED));
		assertThat(available("a")).isEqualTo(70);
		assertThat(available("b")).isEqualTo(40);
	}

	@Test
	void takesNothingWhenOneItemIsMissing() {
		List<ReservationResult> results = this.inventory.reserve(Orders.of(this.run, 1, item("a", 5), item("b", 101)));
		assertThat(results).singleElement()
			.extracting(ReservationResult::status)
			.isEqualTo(ReservationStatus.OUT_OF_STOCK);
		assertThat(available("a")).isEqualTo(100);
	}

	@Test
	void addsUpTheSameArticleWithinAnOrder() {
		List<ReservationResult> results = this.inventory.reserve(Orders.of(this.run, 2, item("a", 30), item("a", 30)));
		assertThat(count(results, ReservationStatus.RESERVED)).isEqualTo(1);
		assertThat(available("a")).isEqualTo(40);
	}

	@Test
	void announcesEachReservationOnceAlthoughEventsArePublishedTwice() throws Exception {
		long before = messages("INVENTORY");
		List<OrderCreated> orders = Orders.of(this.run, 120, item("a", 1));
		for (OrderCreated order : orders) {
			publish(order, order.messageId());
			publish(order, order.messageId() + ":again");
		}
		awaitSettled();
		assertThat(messages("INVENTORY") - before).isEqualTo(120);
		assertThat(available("a")).isZero();
	}

	@Test
	void reservesTheOthersWhenAnArticleCannotBeStored() throws Exception {
		long before = messages("INVENTORY");
		ListenerContainer container = this.listeners.getListenerContainer("inventory");
		assertThat(container).isNotNull();
		container.stop();
		List<OrderCreated> orders = new ArrayList<>(Orders.of(this.run, 20, item("a", 1)));
		orders.addAll(10, Orders.of(this.run + "-invalid", 1, item("\0", 1)));
		orders.forEach((order) -> publish(order, order.messageId()));
		container.start();
		awaitSettled();
		assertThat(messages("INVENTORY") - before).isEqualTo(20);
		assertThat(available("a")).isEqualTo(80);
		assertThat(messages("ORDERS_DLQ")).isEqualTo(1);
		assertThat(this.management.getLastMessage("ORDERS_DLQ", "orders.dlq").getHeaders())
			.returns(orders.get(10).messageId(), (headers) -> headers.getFirst("Dead-Letter-Message-Id"))
			.returns("1", (headers) -> headers.getFirst("Dead-Letter-Deliveries"));
	}

	private void awaitSettled() throws Exception {
		long last = this.management.getStreamInfo("ORDERS").getStreamState().getLastSequence();
		await().untilAsserted(() -> assertThat(
				this.management.getConsumerInfo("ORDERS", "inventory").getAckFloor().getStreamSequence())
			.isEqualTo(last));
	}

	private long messages(String stream) throws Exception {
		return this.management.getStreamInfo(stream).getStreamState().getMsgCount();
	}

	private void publish(OrderCreated order, String messageId) {
		this.jetStream.publish(OrderCreated.SUBJECT, order, Map.of(NatsHeaders.MESSAGE_ID, messageId));
	}

	private OrderItem item(String name, int quantity) {
		return new OrderItem(this.run + name, quantity);
	}

	private long available(String name) {
		return this.jdbc.sql("SELECT available FROM stock WHERE sku = ?")
			.param(this.run + name)
			.query(Long.class)
			.single();
	}

	private static long count(List<ReservationResult> results, ReservationStatus status) {
		return results.stream().filter((result) -> result.status() == status).count();
	}

	private static List<List<OrderCreated>> batches(List<OrderCreated> orders, int size) {
		List<List<OrderCreated>> batches = new ArrayList<>();
		for (int i = 0; i < orders.size(); i += size) {
			batches.add(orders.subList(i, i + size));
		}
		return batches;
	}

	private List<ReservationResult> inParallel(List<List<OrderCreated>> batches) throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(8);
		try {
			List<Callable<List<ReservationResult>>> calls = new ArrayList<>();
			batches.forEach((batch) -> calls.add(() -> this.inventory.reserve(batch)));
			List<ReservationResult> results = new ArrayList<>();
			for (Future<List<ReservationResult>> future : executor.invokeAll(calls, 30, TimeUnit.SECONDS)) {
				results.addAll(future.get());
			}
			return results;
		}
		finally {
			executor.shutdownNow();
		}
	}

}
