package dev.natsboot.sample.order.intake;

import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.natsboot.sample.order.support.OrderServiceTest;
import dev.natsboot.sample.order.support.Postgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionOperations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

@OrderServiceTest
class OrderGroupsTests {

	@Autowired
	private OrderGroups groups;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private TransactionOperations transactions;

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) {
		Postgres.register(registry);
	}

	@AfterEach
	void empty() {
		this.jdbc.sql("DELETE FROM orders").update();
	}

	@Test
	void acceptsTheOthersWhenTheDatabaseRefusesAnOrder() {
		List<FutureTask<AcceptedOrder>> others = IntStream.range(0, 20)
			.mapToObj((i) -> accepting("group-" + i))
			.toList();
		FutureTask<AcceptedOrder> refused = accepting("group-\0");
		atTheSameTime(Stream.concat(others.stream(), Stream.of(refused)).map(Thread::new).toList());
		assertThat(others).allSatisfy((order) -> assertThat(order.get(30, TimeUnit.SECONDS)).isNotNull());
		assertThatThrownBy(() -> refused.get(30, TimeUnit.SECONDS))
			.hasCauseInstanceOf(DataIntegrityViolationException.class);
		assertThat(accepted()).isEqualTo(20);
	}

	private FutureTask<AcceptedOrder> accepting(String customerId) {
		OrderRequest request = new OrderRequest(customerId, List.of(new OrderItem("sku-1", 1, BigDecimal.TEN)));
		return new FutureTask<>(() -> this.groups.accept(OrderCreated.of(request, OrderIdentity.random())));
	}

	/**
	 * While the first order waits for the table, the others gather.
	 */
	private void atTheSameTime(List<Thread> senders) {
		this.transactions.executeWithoutResult((transaction) -> {
			this.jdbc.sql("LOCK TABLE orders").update();
			senders.forEach(Thread::start);
			await().until(() -> senders.stream().allMatch((sender) -> sender.getState() == Thread.State.WAITING));
		});
	}

	private long accepted() {
		return this.jdbc.sql("SELECT COUNT(*) FROM order_state WHERE customer_id LIKE 'group-%'")
			.query(Long.class)
			.single();
	}

}
