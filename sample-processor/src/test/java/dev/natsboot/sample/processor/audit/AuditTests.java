package dev.natsboot.sample.processor.audit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.natsboot.convert.NatsHeaders;
import dev.natsboot.core.JetStreamTemplate;
import dev.natsboot.listener.ListenerContainer;
import dev.natsboot.listener.NatsListenerEndpointRegistry;
import dev.natsboot.sample.processor.event.OrderCreated;
import dev.natsboot.sample.processor.event.OrderItem;
import dev.natsboot.sample.processor.support.Orders;
import dev.natsboot.sample.processor.support.RunningGateway;
import dev.natsboot.test.EmbeddedNats;
import io.nats.client.Connection;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@SpringBootTest(properties = "spring.datasource.url=jdbc:h2:mem:${random.uuid};MODE=PostgreSQL")
@AutoConfigureMockMvc
@EmbeddedNats
class AuditTests {

	private static final RunningGateway GATEWAY = RunningGateway.start();

	@Autowired
	private JetStreamTemplate jetStream;

	@Autowired
	private Connection connection;

	@Autowired
	private NatsListenerEndpointRegistry listeners;

	@Autowired
	private AuditArchive archive;

	@Autowired
	private AuditRebuild rebuild;

	@Autowired
	private AuditVerifier verifier;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private MockMvcTester mvc;

	private final String run = Orders.prefix();

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) {
		GATEWAY.register(registry);
	}

	@AfterAll
	static void stop() {
		GATEWAY.stop();
	}

	@Test
	void rebuildsTheStateOfOrdersAsItIsInTheDatabase() {
		GATEWAY.switches("{\"declineRate\": 0.3}");
		List<OrderCreated> orders = archived(Orders.of(this.run, 60, new OrderItem("sku-rare", 1)));
		assertThat(this.verifier.verify().differences()).isEmpty();
		assertThat(this.rebuild.orders().values()).filteredOn((order) -> order.orderId().startsWith(this.run))
			.extracting(RebuiltOrder::paymentStatus)
			.contains("PAID", "FAILED");
		assertThat(this.rebuild.orders().values()).filteredOn((order) -> order.orderId().startsWith(this.run))
			.filteredOn((order) -> order.inventoryStatus().equals("RESERVED"))
			.hasSize(10);
		assertThat(this.mvc.get().uri("/audit/verification")).bodyJson().extractingPath("$.equal").isEqualTo(true);
		assertThat(this.mvc.get().uri("/audit/orders/{id}", orders.get(0).orderId())).bodyJson()
			.extractingPath("$.history[0].subject")
			.isEqualTo("orders.created.v1");
	}

	@Test
	void noticesWhenTheDatabaseWasChanged() {
		OrderCreated order = archived(Orders.of(this.run, 2, new OrderItem("sku-1", 1))).get(0);
		status(order, "OUT_OF_STOCK");
		assertThat(this.verifier.verify().differences())
			.containsExactly(new AuditVerifier.Difference(order.orderId(), "inventory", "RESERVED", "OUT_OF_STOCK"));
		status(order, "RESERVED");
		assertThat(this.verifier.verify().equal()).isTrue();
	}

	@Test
	void countsNoEventTwiceWhenTheStreamIsReadAgain() throws Exception {
		OrderCreated order = archived(Orders.of(this.run, 20, new OrderItem("sku-1", 1))).get(0);
		int known = this.rebuild.orders().size();
		ListenerContainer container = this.listeners.getListenerContainer("audit-orders");
		assertThat(container).isNotNull();
		container.stop();
		this.connection.jetStreamManagement().deleteConsumer("ORDERS", "audit");
		container.start();
		long last = this.connection.jetStreamManagement().getStreamInfo("ORDERS").getStreamState().getLastSequence();
		await().untilAsserted(() -> assertThat(this.connection.jetStreamManagement()
			.getConsumerInfo("ORDERS", "audit")
			.getAckFloor()
			.getStreamSequence()).isEqualTo(last));
		assertThat(this.rebuild.orders()).hasSize(known)
			.hasEntrySatisfying(order.orderId(), (rebuilt) -> assertThat(rebuilt.history()).hasSize(3));
	}

	@Test
	void writesTheSameSegmentOnce() {
		List<AuditEvent> events = List.of(event(7), event(9));
		int before = this.archive.segments().size();
		this.archive.write(events);
		this.archive.write(events);
		assertThat(this.archive.read(AuditSegment.nameOf(events))).usingRecursiveFieldByFieldElementComparator()
			.isEqualTo(events);
		assertThat(this.archive.segments()).hasSize(before + 1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "no JSON", "[1]", "{}", "{\"orderId\": {}}" })
	void readsTheArchiveAlthoughAnEventNamesNoOrder(String data) {
		Map<String, RebuiltOrder> before = this.rebuild.orders();
		long sequence = 2_000_000 + this.archive.segments().size();
		this.archive.write(List.of(new AuditEvent("ORDERS", sequence, "orders.created.v1", Instant.EPOCH,
				data.getBytes(StandardCharsets.UTF_8))));
		assertThat(this.rebuild.orders()).isEqualTo(before);
	}

	@Test
	void namesSegmentsAfterAllTheirEvents() {
		assertThat(AuditSegment.nameOf(List.of(event(7), event(8), event(9))))
			.startsWith("ORDERS/000001000007-000001000009-")
			.isNotEqualTo(AuditSegment.nameOf(List.of(event(7), event(9))));
	}

	/*
	 * An order that no database knows of and that has no outcome makes no difference.
	 */
	private static AuditEvent event(long sequence) {
		byte[] data = "{\"orderId\": \"without-outcome\"}".getBytes(StandardCharsets.UTF_8);
		return new AuditEvent("ORDERS", sequence + 1_000_000, "orders.created.v1", Instant.EPOCH, data);
	}

	private List<OrderCreated> archived(List<OrderCreated> orders) {
		orders.forEach((order) -> this.jetStream.publish(OrderCreated.SUBJECT, order,
				Map.of(NatsHeaders.MESSAGE_ID, order.messageId())));
		await().atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(this.rebuild.orders().values())
				.filteredOn((order) -> order.orderId().startsWith(this.run) && order.history().size() == 3)
				.hasSameSizeAs(orders));
		await().untilAsserted(() -> assertThat(this.verifier.verify().equal()).isTrue());
		return orders;
	}

	private void status(OrderCreated order, String status) {
		this.jdbc.sql("UPDATE reservation SET status = ? WHERE order_id = ?").params(status, order.orderId()).update();
	}

}
