package dev.natsboot.annotation;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import dev.natsboot.autoconfigure.NatsIdempotencyAutoConfiguration;
import dev.natsboot.autoconfigure.NatsMetricsAutoConfiguration;
import dev.natsboot.idempotency.KeyValueIdempotencyStore;
import dev.natsboot.listener.BatchAcknowledgment;
import dev.natsboot.listener.BatchListenerFailedException;
import dev.natsboot.testsupport.Postgres;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.PublishAck;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.metadata.ConcurrentMetadataStore;
import org.springframework.integration.metadata.SimpleMetadataStore;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.messaging.handler.annotation.SendTo;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Listeners with an idempotency store, over every kind of store.
 */
class IdempotentListenerTests {

	private static final ConcurrentHashMap<String, String> METADATA = new ConcurrentHashMap<>();

	@RegisterExtension
	private static final ListenerRig rig = new ListenerRig();

	@BeforeEach
	void clean() throws Exception {
		rig.stream("ORDERS", "orders.>");
		rig.stream("CHECKED", "checked.>");
		for (String bucket : rig.client().keyValueManagement().getBucketNames()) {
			rig.client().keyValueManagement().delete(bucket);
		}
		METADATA.clear();
		JdbcTemplate postgres = new JdbcTemplate(Postgres.dataSource());
		postgres.execute("DROP TABLE IF EXISTS nats_idempotency");
		postgres.execute("DROP TABLE IF EXISTS charge");
		postgres.execute("CREATE TABLE charge (id VARCHAR(20))");
	}

	@ParameterizedTest
	@EnumSource
	void whatIsPublishedTwiceIsHandledOnce(Store store) {
		runner(store, Once.class).run((context) -> {
			for (int i = 0; i < 50; i++) {
				publish("orders.once", "o" + i, "order-id", "o" + i);
				publish("orders.once", "o" + i, "order-id", "o" + i);
			}
			Once once = context.getBean(Once.class);
			awaitSettled("once", 100);
			awaitSettled("other", 100);
			assertThat(once.handled).hasSize(50).doesNotHaveDuplicates();
			assertThat(once.together).isEmpty();
			awaitConsumed(context, "once", "success", 50);
			awaitConsumed(context, "once", "duplicate", 50);
			awaitConsumed(context, "other", "success", 50);
		});
	}

	/**
	 * Every third attempt fails, and every message comes twice, to two applications.
	 */
	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = { "MEMORY", "H2" })
	void twoApplicationsHandleNothingTogetherAndEverythingOnce(Store store) {
		Shared.reset();
		ApplicationContextRunner runner = runner(store, Shared.class)
			.withPropertyValues("nats.listener.idempotency.lease=2s", "nats.listener.max-deliver=-1");
		runner.run((first) -> runner.run((second) -> {
			for (int i = 0; i < 60; i++) {
				publish("orders.shared", "o" + i, "order-id", "o" + i);
				publish("orders.shared", "o" + i, "order-id", "o" + i);
			}
			awaitSettled("shared", 120);
			assertThat(Shared.together).isEmpty();
			assertThat(Shared.handled).hasSize(60).doesNotHaveDuplicates();
			await().untilAsserted(() -> {
				assertThat(consumed(first, "shared", "success")).isPositive();
				assertThat(consumed(second, "shared", "success")).isPositive();
				assertThat(consumed(first, "shared", "duplicate") + consumed(second, "shared", "duplicate"))
					.isEqualTo(60);
			});
		}));
	}

	@ParameterizedTest
	@EnumSource
	void aFailureLeavesNoMark(Store store) {
		runner(store, Failing.class).run((context) -> {
			for (int i = 0; i < 5; i++) {
				publish("orders.failing", "o" + i, "Nats-Msg-Id", "o" + i);
			}
			awaitSettled("failing", 5);
			Failing failing = context.getBean(Failing.class);
			assertThat(failing.attempts.values()).hasSize(5).allSatisfy((count) -> assertThat(count).hasValue(3));
			awaitConsumed(context, "failing", "success", 5);
			awaitConsumed(context, "failing", "retry", 10);
		});
	}

	@Test
	void whatWaitsForSomebodyElseKeepsItsPlaceInTheOrder() throws Exception {
		rig.client()
			.keyValueManagement()
			.create(KeyValueConfiguration.builder("marks").ttl(Duration.ofHours(1)).build());
		KeyValue bucket = rig.client().keyValue("marks");
		try (KeyValueIdempotencyStore killed = new KeyValueIdempotencyStore(() -> bucket, Duration.ofSeconds(2))) {
			killed.claim("ORDERS.ordered", Set.of("id1"));
		}
		publish("orders.ordered.a", "first", "Nats-Msg-Id", "id1");
		publish("orders.ordered.a", "second", "Nats-Msg-Id", "id2");
		publish("orders.ordered.b", "aside", "Nats-Msg-Id", "id3");
		runner(Store.KEY_VALUE, Ordered.class)
			.withPropertyValues("nats.listener.idempotency.key-value.bucket=marks", "nats.listener.max-deliver=1")
			.run((context) -> {
				awaitSettled("ordered", 3);
				assertThat(context.getBean(Ordered.class).handled).containsExactly("aside", "first", "second");
			});
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = { "MEMORY", "H2" })
	void aLostAcknowledgementDoesNotCallTheHandlerAgain(Store store) throws Exception {
		rig.publish("orders.plain", "without id");
		publish("orders.plain", "with id", "Nats-Msg-Id", "id1");
		runner(store, Plain.class).run((context) -> {
			awaitSettled("plain", 2);
			assertThat(context.getBean(Plain.class).handled).containsExactly("without id", "with id");
		});
		rig.management().deleteConsumer("ORDERS", "plain");
		runner(store, Plain.class).run((context) -> {
			awaitSettled("plain", 2);
			assertThat(context.getBean(Plain.class).handled).isEmpty();
			awaitConsumed(context, "plain", "duplicate", 2);
		});
		rig.stream("ORDERS", "orders.>");
		rig.publish("orders.plain", "of a new stream");
		runner(store, Plain.class).run((context) -> await()
			.untilAsserted(() -> assertThat(context.getBean(Plain.class).handled).containsExactly("of a new stream")));
	}

	@Test
	void theMessageIdIsTheKeyAlsoBeyondTheDuplicateWindowOfTheStream() throws Exception {
		rig.deleteStream("ORDERS");
		rig.management()
			.addStream(StreamConfiguration.builder()
				.name("ORDERS")
				.subjects("orders.>")
				.duplicateWindow(Duration.ofMillis(100))
				.build());
		publish("orders.plain", "first", "Nats-Msg-Id", "id1");
		await().until(() -> !publish("orders.plain", "second", "Nats-Msg-Id", "id1").isDuplicate());
		runner(Store.MEMORY, Plain.class).run((context) -> {
			awaitSettled("plain", 2);
			assertThat(context.getBean(Plain.class).handled).containsExactly("first");
		});
	}

	@Test
	void whatAKilledApplicationWasHandlingIsHandledAfterItsLeaseAndNotAcknowledgedBefore() throws Exception {
		rig.client()
			.keyValueManagement()
			.create(KeyValueConfiguration.builder("marks").ttl(Duration.ofHours(1)).build());
		KeyValue bucket = rig.client().keyValue("marks");
		runner(Store.KEY_VALUE, Plain.class)
			.withPropertyValues("nats.listener.idempotency.key-value.bucket=marks", "nats.listener.max-deliver=1")
			.run((context) -> {
				try (KeyValueIdempotencyStore killed = new KeyValueIdempotencyStore(() -> bucket,
						Duration.ofSeconds(3))) {
					killed.claim("ORDERS.plain", Set.of("id1"));
				}
				publish("orders.plain", "hello", "Nats-Msg-Id", "id1");
				await().untilAsserted(() -> assertThat(consumed(context, "plain", "postponed")).isOne());
				assertThat(rig.consumer("ORDERS", "plain").getAckFloor().getStreamSequence()).isZero();
				assertThat(context.getBean(Plain.class).handled).isEmpty();
				awaitSettled("plain", 1);
				assertThat(context.getBean(Plain.class).handled).containsExactly("hello");
				assertThat(consumed(context, "plain", "duplicate")).isZero();
			});
	}

	@ParameterizedTest
	@EnumSource(names = { "H2", "POSTGRES" })
	void theMarkIsPartOfTheHandlersTransaction(Store store) {
		runner(store, Charging.class).run((context) -> {
			publish("orders.charging", "o1", "Nats-Msg-Id", "o1");
			awaitSettled("charging", 1);
			JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
			assertThat(context.getBean(Charging.class).attempts().get("o1")).hasValue(3);
			assertThat(jdbc.queryForList("SELECT id FROM charge", String.class)).containsExactly("o1");
			assertThat(jdbc.queryForList("SELECT message_key FROM nats_idempotency", String.class))
				.containsExactly("o1");
		});
	}

	@ParameterizedTest
	@EnumSource
	void aReplyThatCannotBeSentLeavesNoMark(Store store) throws Exception {
		rig.deleteStream("CHECKED");
		runner(store, Replying.class).run((context) -> {
			publish("orders.replying", "o1", "Nats-Msg-Id", "o1");
			await().untilAsserted(() -> assertThat(consumed(context, "replying", "retry")).isPositive());
			rig.stream("CHECKED", "checked.>");
			awaitSettled("replying", 1);
			assertThat(rig.messages("CHECKED")).isOne();
		});
	}

	@ParameterizedTest
	@EnumSource
	void duplicatesAreTakenOutOfABatch(Store store) {
		publish("orders.batch", "a", "order-id", "a");
		publish("orders.batch", "b", "order-id", "b");
		publish("orders.batch", "a", "order-id", "a");
		publish("orders.batch", "c", "order-id", "c");
		runner(store, Batches.class).run((context) -> {
			awaitSettled("batch", 4);
			Batches batches = context.getBean(Batches.class);
			assertThat(batches.handled).containsExactlyInAnyOrder("a", "b", "c");
			publish("orders.batch", "b", "order-id", "b");
			publish("orders.batch", "d", "order-id", "d");
			awaitSettled("batch", 6);
			assertThat(batches.handled).containsExactlyInAnyOrder("a", "b", "c", "d");
			awaitConsumed(context, "batch", "duplicate", 2);
		});
	}

	@ParameterizedTest
	@EnumSource
	void aBatchThatFailsLeavesNoMark(Store store) {
		runner(store, Batches.class).run((context) -> {
			Batches batches = context.getBean(Batches.class);
			batches.failures.set(2);
			publish("orders.batch", "a", "order-id", "a");
			publish("orders.batch", "b", "order-id", "b");
			awaitSettled("batch", 2);
			assertThat(batches.handled).containsExactlyInAnyOrder("a", "b");
		});
	}

	/**
	 * In a transaction the exception rolls everything back: what didn't fail was not
	 * handled either. In other stores it is marked and acknowledged.
	 */
	@ParameterizedTest
	@EnumSource
	void aBatchOfWhichOneFailsHasNoEffectTwice(Store store) {
		publish("orders.some", "a", "order-id", "a");
		publish("orders.some", "poison", "order-id", "poison");
		publish("orders.some", "c", "order-id", "c");
		runner(store, SomeFail.class).withPropertyValues("nats.listener.max-deliver=2").run((context) -> {
			awaitSettled("some", 3);
			assertThat(charges(context)).containsExactlyInAnyOrder("a", "c");
			awaitConsumed(context, "some", "discarded", 1);
			awaitConsumed(context, "some", "success", 2);
			assertThat(consumed(context, "some", "duplicate")).isZero();
		});
	}

	@ParameterizedTest
	@EnumSource
	void aBatchThatReportsOneFailureKeepsTheRest(Store store) {
		publish("orders.reported", "a", "order-id", "a");
		publish("orders.reported", "poison", "order-id", "poison");
		publish("orders.reported", "c", "order-id", "c");
		runner(store, Reported.class).run((context) -> {
			awaitSettled("reported", 3);
			assertThat(charges(context)).containsExactlyInAnyOrder("a", "c", "poison");
			awaitConsumed(context, "reported", "success", 3);
			awaitConsumed(context, "reported", "retry", 1);
			assertThat(consumed(context, "reported", "postponed")).isZero();
		});
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = { "H2", "POSTGRES" })
	void aHandlerThatCompletesLaterLeavesItsMarkThen(Store store) {
		runner(store, Later.class).run((context) -> {
			Later later = context.getBean(Later.class);
			publish("orders.later", "a", "order-id", "a");
			await().untilAsserted(() -> assertThat(later.futures).hasSize(1));
			publish("orders.later", "a", "order-id", "a");
			await().untilAsserted(() -> assertThat(consumed(context, "later", "postponed")).isOne());
			later.futures.get(0).completeExceptionally(new IllegalStateException("not yet"));
			await().untilAsserted(() -> assertThat(later.futures).hasSize(2));
			assertThat(consumed(context, "later", "duplicate")).isZero();
			later.futures.get(1).complete(null);
			awaitSettled("later", 2);
			assertThat(later.futures).hasSize(2);
			awaitConsumed(context, "later", "duplicate", 1);
		});
	}

	@Test
	void aLaterCompletionIsRefusedForATransaction() {
		runner(Store.H2, Later.class).run((context) -> assertThat(context).getFailure()
			.rootCause()
			.hasMessageContaining("'idempotency' is 'true'")
			.hasMessageContaining("returns a CompletableFuture")
			.hasMessageContaining("nats.listener.idempotency.store=key-value"));
	}

	@Test
	void aHiddenLaterCompletionIsRefusedForATransactionToo() {
		runner(Store.H2, HiddenLater.class).run((context) -> {
			publish("orders.hidden", "a", "order-id", "a");
			awaitSettled("hidden", 1);
			awaitConsumed(context, "hidden", "discarded", 1);
			assertThat(context.getBean(JdbcTemplate.class)
				.queryForList("SELECT message_key FROM nats_idempotency", String.class)).isEmpty();
		});
	}

	@Test
	void aKeyThatCannotBeFoundIsAMessageThatCannotBeHandled() {
		publish("orders.keys.a", "{\"orderId\":\"a\"}");
		publish("orders.keys.b", "no JSON");
		publish("orders.keys.a", "{\"orderId\":\"a\"}");
		runner(Store.MEMORY, Keys.class).run((context) -> {
			awaitSettled("keys", 3);
			assertThat(context.getBean(Keys.class).handled).containsExactly("a");
			awaitConsumed(context, "keys", "duplicate", 1);
			awaitConsumed(context, "keys", "discarded", 1);
		});
	}

	private static ApplicationContextRunner runner(Store store, Class<?> listeners) {
		return rig.runner(listeners, Meters.class)
			.withConfiguration(AutoConfigurations.of(NatsIdempotencyAutoConfiguration.class,
					NatsMetricsAutoConfiguration.class, DataSourceAutoConfiguration.class,
					DataSourceTransactionManagerAutoConfiguration.class, JdbcTemplateAutoConfiguration.class))
			.withPropertyValues("nats.listener.backoff=10ms")
			.withPropertyValues(store.properties());
	}

	/**
	 * A message counts when its acknowledgement has been sent: the server may know
	 * before.
	 */
	private static void awaitConsumed(ApplicationContext context, String listener, String outcome, int count) {
		await().untilAsserted(() -> assertThat(consumed(context, listener, outcome)).isEqualTo(count));
	}

	private static double consumed(ApplicationContext context, String listener, String outcome) {
		return context.getBean(MeterRegistry.class)
			.get("nats.messages.consumed")
			.tags("listener", listener, "outcome", outcome)
			.counter()
			.count();
	}

	private static Collection<String> charges(ApplicationContext context) {
		return context.getBean(JdbcTemplate.class).queryForList("SELECT id FROM charge", String.class);
	}

	private static void awaitSettled(String consumer, long messages) {
		await().atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(rig.consumer("ORDERS", consumer).getAckFloor().getStreamSequence())
				.isGreaterThanOrEqualTo(messages));
	}

	private static PublishAck publish(String subject, String text, String... headers) {
		Headers all = new Headers();
		for (int i = 0; i < headers.length; i += 2) {
			all.put(headers[i], headers[i + 1]);
		}
		try {
			return rig.client()
				.jetStream()
				.publish(NatsMessage.builder().subject(subject).headers(all).data(text).build());
		}
		catch (IOException | JetStreamApiException ex) {
			throw new IllegalStateException(ex);
		}
	}

	enum Store {

		MEMORY("nats.listener.idempotency.store=memory"),

		KEY_VALUE("nats.listener.idempotency.store=key-value"),

		METADATA("nats.listener.idempotency.store=metadata"),

		H2("nats.listener.idempotency.store=jdbc"),

		POSTGRES("nats.listener.idempotency.store=jdbc", "nats.listener.idempotency.jdbc.initialize-schema=always",
				"spring.datasource.url=" + Postgres.url(), "spring.datasource.username=postgres",
				"spring.datasource.password=postgres");

		private final String[] properties;

		Store(String... properties) {
			this.properties = properties;
		}

		String[] properties() {
			return this.properties;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableTransactionManagement(proxyTargetClass = true)
	static class Meters {

		@Bean
		MeterRegistry meterRegistry() {
			return new SimpleMeterRegistry();
		}

		@Bean
		ConcurrentMetadataStore metadataStore() {
			return new SimpleMetadataStore(METADATA);
		}

		@Bean
		ChargeTable chargeTable(JdbcTemplate jdbc) {
			jdbc.execute("CREATE TABLE IF NOT EXISTS charge (id VARCHAR(20))");
			return new ChargeTable(jdbc);
		}

	}

	record ChargeTable(JdbcTemplate jdbc) {

		void add(String id) {
			this.jdbc.update("INSERT INTO charge VALUES (?)", id);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Once {

		final Queue<String> handled = new ConcurrentLinkedQueue<>();

		final Queue<String> together = new ConcurrentLinkedQueue<>();

		private final Set<String> running = ConcurrentHashMap.newKeySet();

		@NatsListener(id = "once", subjects = "orders.once", stream = "ORDERS", consumer = "once", concurrency = "4",
				idempotency = "true", idempotencyKey = "headers['order-id']")
		void once(String order) throws Exception {
			if (!this.running.add(order)) {
				this.together.add(order);
			}
			Thread.yield();
			this.handled.add(order);
			this.running.remove(order);
		}

		@NatsListener(id = "other", subjects = "orders.once", stream = "ORDERS", consumer = "other",
				idempotency = "true", idempotencyKey = "headers['order-id']")
		void other(String order) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Shared {

		static final Queue<String> handled = new ConcurrentLinkedQueue<>();

		static final Queue<String> together = new ConcurrentLinkedQueue<>();

		private static final Set<String> running = ConcurrentHashMap.newKeySet();

		private static final AtomicInteger attempts = new AtomicInteger();

		static void reset() {
			handled.clear();
			together.clear();
		}

		@NatsListener(id = "shared", subjects = "orders.shared", stream = "ORDERS", consumer = "shared",
				concurrency = "3", maxAckPending = "12", idempotency = "true", idempotencyKey = "headers['order-id']")
		void shared(String order) {
			if (!running.add(order)) {
				together.add(order);
			}
			boolean failing = attempts.incrementAndGet() % 3 == 0;
			if (!failing) {
				handled.add(order);
			}
			running.remove(order);
			if (failing) {
				throw new IllegalStateException("not yet");
			}
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Failing {

		final Map<String, AtomicInteger> attempts = new ConcurrentHashMap<>();

		@NatsListener(id = "failing", subjects = "orders.failing", stream = "ORDERS", consumer = "failing",
				idempotency = "true")
		void failing(String order) {
			if (this.attempts.computeIfAbsent(order, (absent) -> new AtomicInteger()).incrementAndGet() < 3) {
				throw new IllegalStateException("not yet");
			}
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Plain {

		final Queue<String> handled = new ConcurrentLinkedQueue<>();

		@NatsListener(id = "plain", subjects = "orders.plain", stream = "ORDERS", consumer = "plain",
				idempotency = "true")
		void plain(String text) {
			this.handled.add(text);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Ordered {

		final Queue<String> handled = new ConcurrentLinkedQueue<>();

		@NatsListener(id = "ordered", subjects = "orders.ordered.*", stream = "ORDERS", consumer = "ordered",
				concurrency = "2", orderBy = "subject[2]", idempotency = "true")
		void ordered(String text) {
			this.handled.add(text);
		}

	}

	static class Charging {

		final Map<String, AtomicInteger> attempts = new ConcurrentHashMap<>();

		private final ChargeTable charges;

		Charging(ChargeTable charges) {
			this.charges = charges;
		}

		public Map<String, AtomicInteger> attempts() {
			return this.attempts;
		}

		@NatsListener(id = "charging", subjects = "orders.charging", stream = "ORDERS", consumer = "charging",
				idempotency = "natsIdempotencyStore")
		@Transactional
		public void charging(String order) {
			this.charges.add(order);
			if (this.attempts.computeIfAbsent(order, (absent) -> new AtomicInteger()).incrementAndGet() < 3) {
				throw new IllegalStateException("not yet");
			}
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Replying {

		final Queue<String> handled = new ConcurrentLinkedQueue<>();

		@NatsListener(id = "replying", subjects = "orders.replying", stream = "ORDERS", consumer = "replying",
				idempotency = "true", maxDeliver = "-1")
		@SendTo("checked.order")
		String replying(String order) {
			this.handled.add(order);
			return order;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Batches {

		final Queue<String> handled = new ConcurrentLinkedQueue<>();

		final AtomicInteger failures = new AtomicInteger();

		@NatsListener(id = "batch", subjects = "orders.batch", stream = "ORDERS", consumer = "batch",
				batchLinger = "200ms", idempotency = "true", idempotencyKey = "headers['order-id']")
		void batch(List<String> orders) {
			if (this.failures.getAndDecrement() > 0) {
				throw new IllegalStateException("not yet");
			}
			this.handled.addAll(orders);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class SomeFail {

		private final ChargeTable charges;

		SomeFail(ChargeTable charges) {
			this.charges = charges;
		}

		@NatsListener(id = "some", subjects = "orders.some", stream = "ORDERS", consumer = "some",
				batchLinger = "200ms", idempotency = "true", idempotencyKey = "headers['order-id']")
		void some(List<String> orders) {
			Map<Integer, Throwable> failures = new HashMap<>();
			for (int i = 0; i < orders.size(); i++) {
				if (orders.get(i).equals("poison")) {
					failures.put(i, new IllegalStateException("poison"));
				}
				else {
					this.charges.add(orders.get(i));
				}
			}
			if (!failures.isEmpty()) {
				throw new BatchListenerFailedException("Some failed", failures);
			}
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Reported {

		private final ChargeTable charges;

		private final AtomicInteger failures = new AtomicInteger(1);

		Reported(ChargeTable charges) {
			this.charges = charges;
		}

		@NatsListener(id = "reported", subjects = "orders.reported", stream = "ORDERS", consumer = "reported",
				batchLinger = "200ms", idempotency = "true", idempotencyKey = "headers['order-id']")
		void reported(List<String> orders, BatchAcknowledgment acknowledgment) {
			for (int i = 0; i < orders.size(); i++) {
				if (orders.get(i).equals("poison") && this.failures.getAndDecrement() > 0) {
					acknowledgment.fail(i, new IllegalStateException("poison"));
				}
				else {
					this.charges.add(orders.get(i));
				}
			}
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Later {

		final List<CompletableFuture<Void>> futures = new CopyOnWriteArrayList<>();

		@NatsListener(id = "later", subjects = "orders.later", stream = "ORDERS", consumer = "later", concurrency = "2",
				idempotency = "true", idempotencyKey = "headers['order-id']")
		CompletableFuture<Void> later(String order) {
			CompletableFuture<Void> future = new CompletableFuture<>();
			this.futures.add(future);
			return future;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class HiddenLater {

		@NatsListener(id = "hidden", subjects = "orders.hidden", stream = "ORDERS", consumer = "hidden",
				maxDeliver = "1", idempotency = "true", idempotencyKey = "headers['order-id']")
		Object hidden(String order) {
			return new CompletableFuture<>();
		}

	}

	record Order(String orderId) {
	}

	@Configuration(proxyBeanMethods = false)
	static class Keys {

		final Queue<String> handled = new ConcurrentLinkedQueue<>();

		@NatsListener(id = "keys", subjects = "orders.keys.*", stream = "ORDERS", consumer = "keys",
				idempotency = "true", idempotencyKey = "payload.orderId + '/' + subject[2]")
		void keys(Order order) {
			this.handled.add(order.orderId());
		}

	}

}
