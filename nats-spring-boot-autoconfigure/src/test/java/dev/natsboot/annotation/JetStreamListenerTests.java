package dev.natsboot.annotation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.convert.NatsMessageHeaders;
import dev.natsboot.core.EndpointState.Status;
import dev.natsboot.listener.Acknowledgment;
import dev.natsboot.listener.BatchAcknowledgment;
import dev.natsboot.listener.DeadLetterHeaders;
import dev.natsboot.listener.FailureAction;
import dev.natsboot.listener.ListenerContainer;
import dev.natsboot.listener.ListenerErrorHandler;
import dev.natsboot.listener.MessageFilter;
import dev.natsboot.listener.NatsListenerEndpointRegistry;
import dev.natsboot.testsupport.InTime;
import io.nats.client.ConsumerContext;
import io.nats.client.Message;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.MessageInfo;
import io.nats.client.impl.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class JetStreamListenerTests {

	@RegisterExtension
	private static final ListenerRig rig = new ListenerRig().with("ORDERS", "orders.>").with("DEAD", "dead.>");

	@Test
	void aLateConsumerGetsTheWholeHistoryInOrder() {
		publish("orders.history", 200);
		rig.runner(History.class).run((context) -> {
			History listener = context.getBean(History.class);
			await().untilAsserted(() -> assertThat(listener.seen).hasSize(200));
			assertThat(List.copyOf(listener.seen)).isSorted();
			await().untilAsserted(() -> assertThat(rig.consumer("ORDERS", "history").getNumAckPending()).isZero());
			assertThat(rig.consumer("ORDERS", "history").getConsumerConfiguration().getMaxDeliver()).isEqualTo(-1);
		});
	}

	@Test
	void aDurableConsumerGoesOnWhereItStopped() {
		publish("orders.history", 3);
		rig.runner(History.class)
			.run((context) -> await()
				.untilAsserted(() -> assertThat(rig.consumer("ORDERS", "history").getAckFloor().getStreamSequence())
					.isEqualTo(3)));
		publish("orders.history", 2);
		rig.runner(History.class).run((context) -> {
			History listener = context.getBean(History.class);
			await().untilAsserted(() -> assertThat(listener.seen).containsExactly(0, 1));
		});
	}

	@Test
	void retriesWithTheDelaysOfTheBackOffThenDeadLetters() throws Exception {
		rig.client()
			.jetStream()
			.publish("orders.failing", new Headers().add("Customer", "7").add("Nats-Msg-Id", "m-1"),
					"poison".getBytes());
		rig.runner(Failing.class).run((context) -> {
			Failing listener = context.getBean(Failing.class);
			await().untilAsserted(() -> assertThat(rig.messages("DEAD")).isEqualTo(1));
			assertThat(listener.deliveries).containsExactly(1L, 2L, 3L);
			assertThat(listener.gap(0)).isBetween(90L, 2000L);
			assertThat(listener.gap(1)).isBetween(290L, 2000L);
			await().untilAsserted(() -> assertThat(rig.consumer("ORDERS", "failing").getNumAckPending()).isZero());
		});
		MessageInfo dead = rig.management().getMessage("DEAD", 1);
		assertThat(dead.getSubject()).isEqualTo("dead.ORDERS.failing");
		assertThat(dead.getData()).asString().isEqualTo("poison");
		Headers headers = dead.getHeaders();
		assertThat(headers.getFirst("Customer")).isEqualTo("7");
		assertThat(headers.getFirst(DeadLetterHeaders.MESSAGE_ID)).isEqualTo("m-1");
		assertThat(headers.getFirst("Nats-Msg-Id")).startsWith("dlq:ORDERS:failing:1:");
		assertThat(headers.getFirst(DeadLetterHeaders.SUBJECT)).isEqualTo("orders.failing");
		assertThat(headers.getFirst(DeadLetterHeaders.DELIVERIES)).isEqualTo("3");
		assertThat(headers.getFirst(DeadLetterHeaders.EXCEPTION)).isEqualTo(IllegalStateException.class.getName());
		assertThat(headers.getFirst(DeadLetterHeaders.TEXT)).isEqualTo("two lines, and ?mlauts");
	}

	@Test
	void aMessageThatNobodyAnsweredInAllItsDeliveriesIsDeadLetteredWithoutTheHandler() throws Exception {
		rig.management()
			.addOrUpdateConsumer("ORDERS",
					ConsumerConfiguration.builder()
						.durable("crashing")
						.filterSubject("orders.crashing")
						.ackWait(Duration.ofMillis(200))
						.build());
		rig.publish("orders.crashing", "deadly");
		ConsumerContext crashing = rig.client().getConsumerContext("ORDERS", "crashing");
		for (int delivery = 1; delivery <= 3; delivery++) {
			assertThat(crashing.next(Duration.ofSeconds(5)).metaData().deliveredCount()).isEqualTo(delivery);
		}
		rig.runner(Crashing.class).run((context) -> {
			await().untilAsserted(() -> assertThat(rig.messages("DEAD")).isEqualTo(1));
			await().untilAsserted(() -> assertThat(rig.consumer("ORDERS", "crashing").getNumAckPending()).isZero());
			assertThat(context.getBean(Crashing.class).calls).hasValue(0);
		});
		Headers headers = rig.management().getMessage("DEAD", 1).getHeaders();
		assertThat(headers.getFirst(DeadLetterHeaders.TEXT)).isEqualTo("No answer in 3 deliveries");
	}

	@Test
	void aMalformedPayloadIsDeadLetteredAtOnceAndTheNextMessageIsHandled() {
		rig.publish("orders.json", "{broken");
		rig.publish("orders.json", "{\"id\":\"good\"}");
		rig.runner(Json.class).run((context) -> {
			Json listener = context.getBean(Json.class);
			await().untilAsserted(() -> assertThat(listener.seen).containsExactly("good"));
			await().untilAsserted(() -> assertThat(rig.messages("DEAD")).isEqualTo(1));
			MessageInfo dead = rig.management().getMessage("DEAD", 1);
			assertThat(dead.getData()).asString().isEqualTo("{broken");
			assertThat(dead.getHeaders().getFirst(DeadLetterHeaders.DELIVERIES)).isEqualTo("1");
		});
	}

	@Test
	void aHandlerThatTakesLongerThanTheAckWaitIsKeptAliveAndNotCalledTwice() {
		rig.publish("orders.slow", "x");
		rig.runner(Slow.class).run((context) -> {
			Slow listener = context.getBean(Slow.class);
			await().untilAsserted(() -> assertThat(listener.calls).hasValue(1));
			await().during(Duration.ofSeconds(4)).untilAsserted(() -> assertThat(listener.calls).hasValue(1));
			listener.release.countDown();
			await().untilAsserted(() -> assertThat(rig.consumer("ORDERS", "slow").getNumAckPending()).isZero());
			assertThat(listener.calls).hasValue(1);
		});
	}

	@Test
	void theHandlerSettlesByHandInManualMode() {
		for (String text : List.of("ack", "nak", "term", "sync")) {
			rig.publish("orders.manual", text);
		}
		rig.runner(Manual.class).run((context) -> {
			Manual listener = context.getBean(Manual.class);
			await().untilAsserted(() -> assertThat(listener.seen).containsOnlyKeys("ack", "nak", "term", "sync"));
			await().untilAsserted(() -> assertThat(listener.seen).containsEntry("nak", 2));
			await().untilAsserted(() -> assertThat(rig.consumer("ORDERS", "manual").getNumAckPending()).isZero());
			assertThat(listener.seen).containsEntry("ack", 1).containsEntry("term", 1).containsEntry("sync", 1);
			assertThat(listener.second).hasMessageContaining("settled already");
		});
	}

	@Test
	void aBatchIsSettledMessageByMessage() {
		publish("orders.batch", 20);
		rig.publish("orders.batch", "not a number");
		rig.runner(Batches.class).run((context) -> {
			Batches listener = context.getBean(Batches.class);
			await().untilAsserted(() -> assertThat(listener.handled).hasSize(19));
			await().untilAsserted(() -> assertThat(rig.messages("DEAD")).isEqualTo(2));
			assertThat(listener.calls.get(7)).hasValue(1);
			assertThat(listener.calls.get(13)).hasValue(3);
			assertThat(listener.sizes).anyMatch((size) -> size > 1).allMatch((size) -> size <= 8);
			await().untilAsserted(() -> assertThat(rig.consumer("ORDERS", "batch").getNumAckPending()).isZero());
		});
	}

	@Test
	void aBatchThatIsNotFullIsHandedOverWhenItHasLingered() {
		rig.runner(Unfilled.class).run((context) -> {
			Unfilled listener = context.getBean(Unfilled.class);
			long begin = System.nanoTime();
			publish("orders.unfilled", 1);
			await().until(() -> rig.consumer("ORDERS", "unfilled").getNumAckPending() == 1);
			publish("orders.unfilled", 2);
			await().untilAsserted(() -> assertThat(listener.batches).containsExactly(List.of(0, 0, 1)));
			assertThat(System.nanoTime() - begin).isGreaterThan(Unfilled.LINGER.toNanos());
		});
	}

	@Test
	void batchesThatWaitForMoreNeverStopTakingMessages() {
		rig.runner(Lingering.class).run((context) -> {
			Lingering listener = context.getBean(Lingering.class);
			for (int round = 1; round <= 20; round++) {
				publish("orders.lingering", 20);
				int expected = round * 20;
				await().pollInterval(Duration.ofMillis(5))
					.untilAsserted(() -> assertThat(listener.handled).hasValue(expected));
			}
		});
	}

	@Test
	void anAsynchronousHandlerIsSettledWhenItCompletes() {
		rig.publish("orders.later", "good");
		rig.publish("orders.later", "bad");
		rig.runner(Later.class).run((context) -> {
			Later listener = context.getBean(Later.class);
			await().untilAsserted(() -> assertThat(listener.futures).containsOnlyKeys("good", "bad"));
			assertThat(rig.consumer("ORDERS", "later").getNumAckPending()).isEqualTo(2);
			listener.futures.get("good").complete(null);
			listener.futures.get("bad").completeExceptionally(new IllegalArgumentException("bad"));
			await().untilAsserted(() -> assertThat(rig.consumer("ORDERS", "later").getNumAckPending()).isZero());
			assertThat(rig.messages("DEAD")).isEqualTo(1);
		});
	}

	@Test
	void filteredMessagesAreAcknowledgedAndErrorHandlersDecide() {
		publish("orders.filtered", 4);
		rig.runner(Filtered.class, FilteredConfiguration.class).run((context) -> {
			Filtered listener = context.getBean(Filtered.class);
			await().untilAsserted(() -> assertThat(rig.consumer("ORDERS", "filtered").getAckFloor().getStreamSequence())
				.isEqualTo(4));
			assertThat(listener.seen).containsExactly("1", "3");
			assertThat(rig.messages("DEAD")).isZero();
		});
	}

	@Test
	void aSlowHandlerLeavesTheBacklogOnTheServer() {
		publish("orders.slow", 500);
		rig.runner(Slow.class).run((context) -> {
			Slow listener = context.getBean(Slow.class);
			await().untilAsserted(() -> assertThat(listener.calls).hasValue(2));
			await().during(Duration.ofMillis(300))
				.untilAsserted(() -> assertThat(rig.consumer("ORDERS", "slow").getNumPending()).isEqualTo(498));
			listener.release.countDown();
			await().untilAsserted(() -> assertThat(listener.calls).hasValue(500));
		});
	}

	@Test
	void stopGivesBackWhatNoHandlerHasBegun() {
		rig.runner(Stopping.class).run((context) -> {
			Stopping listener = context.getBean(Stopping.class);
			ListenerContainer container = context.getBean(NatsListenerEndpointRegistry.class)
				.getListenerContainer("stopping");
			rig.publish("orders.stopping", "quick");
			await().untilAsserted(() -> assertThat(rig.consumer("ORDERS", "stopping").getNumWaiting()).isPositive());
			publish("orders.stopping", 10);
			await()
				.untilAsserted(() -> assertThat(rig.consumer("ORDERS", "stopping").getNumAckPending()).isEqualTo(10));
			await().untilAsserted(() -> assertThat(listener.begun).hasSize(1));
			CompletableFuture<Void> stopped = CompletableFuture.runAsync(container::stop);
			await().untilAsserted(() -> assertThat(container.getState().status()).isEqualTo(Status.STOPPING));
			listener.release.countDown();
			assertThat(stopped).succeedsWithin(Duration.ofSeconds(30));
			assertThat(listener.begun).hasSize(1);
			container.start();
			await().untilAsserted(() -> assertThat(listener.begun).hasSize(10));
			assertThat(listener.begun).doesNotHaveDuplicates();
		});
	}

	@Test
	void withoutAcknowledgementsStopHandlesWhatHasCome() {
		publish("orders.none", 10);
		rig.runner(Unacknowledged.class).run((context) -> {
			Unacknowledged listener = context.getBean(Unacknowledged.class);
			ListenerContainer container = context.getBean(NatsListenerEndpointRegistry.class)
				.getListenerContainer("none");
			await().untilAsserted(() -> assertThat(listener.seen).hasSizeGreaterThan(3));
			container.stop();
			assertThat(listener.seen)
				.hasSize((int) rig.consumer("ORDERS", "none").getDelivered().getConsumerSequence());
		});
	}

	@Test
	void receivesAfterStartsAndStopsFromSeveralThreads() {
		rig.runner(History.class).run((context) -> {
			ListenerContainer container = context.getBean(NatsListenerEndpointRegistry.class)
				.getListenerContainer("history");
			List<CompletableFuture<Void>> toggles = new ArrayList<>();
			for (int i = 0; i < 40; i++) {
				toggles.add(CompletableFuture.runAsync((i % 2 == 0) ? container::stop : container::start));
			}
			InTime.join(toggles);
			container.start();
			publish("orders.history", 1);
			await().untilAsserted(() -> assertThat(context.getBean(History.class).seen).contains(0));
		});
	}

	@Test
	void aPausedListenerTakesNothingUntilItIsResumed() {
		rig.runner(History.class).run((context) -> {
			History listener = context.getBean(History.class);
			ListenerContainer container = context.getBean(NatsListenerEndpointRegistry.class)
				.getListenerContainer("history");
			container.pause();
			assertThat(container.getState().status()).isEqualTo(Status.PAUSED);
			publish("orders.history", 5);
			await().during(Duration.ofMillis(300)).untilAsserted(() -> assertThat(listener.seen).isEmpty());
			assertThat(rig.consumer("ORDERS", "history").getNumPending()).isEqualTo(5);
			container.resume();
			await().untilAsserted(() -> assertThat(listener.seen).containsExactly(0, 1, 2, 3, 4));
		});
	}

	@Test
	void recoversWhenTheStreamIsMissingAndComesLater() throws Exception {
		rig.deleteStream("ORDERS");
		rig.runner(History.class).run((context) -> {
			ListenerContainer container = context.getBean(NatsListenerEndpointRegistry.class)
				.getListenerContainer("history");
			assertThat(container.getState().status()).isEqualTo(Status.RECOVERING);
			assertThat(container.getState().lastError()).contains("ORDERS");
			rig.stream("ORDERS", "orders.>");
			publish("orders.history", 1);
			await().untilAsserted(() -> assertThat(context.getBean(History.class).seen).containsExactly(0));
			await().untilAsserted(() -> assertThat(container.getState().status()).isEqualTo(Status.RUNNING));
		});
	}

	@Test
	void recoversWhenTheConsumerIsDeleted() {
		rig.runner(History.class).run((context) -> {
			History listener = context.getBean(History.class);
			publish("orders.history", 1);
			await().untilAsserted(() -> assertThat(listener.seen).containsExactly(0));
			rig.management().deleteConsumer("ORDERS", "history");
			publish("orders.history", 2);
			await().untilAsserted(() -> assertThat(listener.seen).contains(1));
		});
	}

	@Test
	void receivesAgainAtOnceWhenTheServerIsBack() throws Exception {
		try (ListenerRig own = new ListenerRig()) {
			own.stream("ORDERS", "orders.>");
			own.stream("DEAD", "dead.>");
			own.runner(History.class).run((context) -> {
				History listener = context.getBean(History.class);
				own.publish("orders.history", "1");
				await().untilAsserted(() -> assertThat(listener.seen).contains(1));
				own.server().kill();
				own.server().start();
				own.connect();
				await().untilAsserted(() -> own.publish("orders.history", "2"));
				await().atMost(Duration.ofSeconds(3)).untilAsserted(() -> assertThat(listener.seen).contains(2));
			});
		}
	}

	/**
	 * Without that only silence would tell, after some seconds.
	 */
	@Test
	void asksAgainAtOnceWhenTheConnectionIsMadeAnew() {
		rig.runner(History.class).run((context) -> {
			History listener = context.getBean(History.class);
			publish("orders.history", 1);
			await().untilAsserted(() -> assertThat(listener.seen).containsExactly(0));
			context.getBean(NatsConnectionManager.class).current().forceReconnect();
			publish("orders.history", 2);
			await().atMost(Duration.ofSeconds(3)).untilAsserted(() -> assertThat(listener.seen).contains(1));
		});
	}

	@Test
	void stopsAtOnceWhenTheServerIsAway() throws Exception {
		try (ListenerRig own = new ListenerRig()) {
			own.stream("ORDERS", "orders.>");
			own.runner(History.class, CoreListenerTests.Plain.class).run((context) -> {
				NatsListenerEndpointRegistry registry = context.getBean(NatsListenerEndpointRegistry.class);
				own.server().stop();
				await().untilAsserted(() -> assertThat(registry.getListenerContainer("history").getState().status())
					.isEqualTo(Status.RECOVERING));
				CompletableFuture<Void> stopped = CompletableFuture.runAsync(registry::stop);
				await().atMost(Duration.ofSeconds(4)).until(stopped::isDone);
				own.server().start();
			});
		}
	}

	private static void publish(String subject, int count) {
		for (int i = 0; i < count; i++) {
			rig.publish(subject, Integer.toString(i));
		}
	}

	static class History {

		final Queue<Integer> seen = new ConcurrentLinkedQueue<>();

		@NatsListener(id = "history", subjects = "orders.history", stream = "ORDERS", consumer = "history")
		void handle(int number) {
			this.seen.add(number);
		}

	}

	static class Failing {

		final List<Long> deliveries = new ArrayList<>();

		final List<Long> times = new ArrayList<>();

		long gap(int index) {
			return this.times.get(index + 1) - this.times.get(index);
		}

		@NatsListener(subjects = "orders.failing", stream = "ORDERS", consumer = "failing", maxDeliver = "3",
				backoff = "100ms,300ms", deadLetterSubject = "dead.{stream}.{consumer}")
		void handle(String text, NatsMessageHeaders headers) {
			this.times.add(System.nanoTime() / 1_000_000);
			this.deliveries.add(headers.deliveryCount());
			throw new IllegalStateException("two lines,\nand ümlauts");
		}

	}

	static class Crashing {

		final AtomicInteger calls = new AtomicInteger();

		@NatsListener(subjects = "orders.crashing", stream = "ORDERS", consumer = "crashing", maxDeliver = "3",
				deadLetterSubject = "dead.crashing")
		void handle(String text) {
			this.calls.incrementAndGet();
		}

	}

	record Order(String id) {
	}

	static class Json {

		final Queue<String> seen = new ConcurrentLinkedQueue<>();

		@NatsListener(subjects = "orders.json", stream = "ORDERS", consumer = "json", deadLetterSubject = "dead.json")
		void handle(Order order) {
			this.seen.add(order.id());
		}

	}

	static class Slow {

		final AtomicInteger calls = new AtomicInteger();

		final CountDownLatch release = new CountDownLatch(1);

		@NatsListener(subjects = "orders.slow", stream = "ORDERS", consumer = "slow", ackWait = "2s", concurrency = "2")
		void handle(String text) throws InterruptedException {
			this.calls.incrementAndGet();
			InTime.await(this.release);
		}

	}

	static class Manual {

		final Map<String, Integer> seen = new ConcurrentHashMap<>();

		volatile Exception second;

		@NatsListener(subjects = "orders.manual", stream = "ORDERS", consumer = "manual", ackMode = "manual")
		void handle(String text, Acknowledgment acknowledgment) {
			int times = this.seen.merge(text, 1, Integer::sum);
			switch (text) {
				case "nak" -> decide(acknowledgment, times);
				case "term" -> acknowledgment.term();
				case "sync" -> acknowledgment.acknowledgeSync(Duration.ofSeconds(2));
				default -> twice(acknowledgment);
			}
		}

		private void decide(Acknowledgment acknowledgment, int times) {
			if (times == 1) {
				acknowledgment.nak(Duration.ofMillis(50));
			}
			else {
				acknowledgment.acknowledge();
			}
		}

		private void twice(Acknowledgment acknowledgment) {
			acknowledgment.inProgress();
			acknowledgment.acknowledge();
			try {
				acknowledgment.nak();
			}
			catch (IllegalStateException ex) {
				this.second = ex;
			}
		}

	}

	static class Batches {

		final Map<Integer, AtomicInteger> calls = new ConcurrentHashMap<>();

		final Queue<Integer> sizes = new ConcurrentLinkedQueue<>();

		final Queue<Integer> handled = new ConcurrentLinkedQueue<>();

		@NatsListener(subjects = "orders.batch", stream = "ORDERS", consumer = "batch", batchSize = "8",
				batchLinger = "50ms", maxDeliver = "3", backoff = "50ms", deadLetterSubject = "dead.batch")
		void handle(List<Integer> numbers, BatchAcknowledgment acknowledgment) {
			this.sizes.add(numbers.size());
			for (int i = 0; i < numbers.size(); i++) {
				int number = numbers.get(i);
				this.calls.computeIfAbsent(number, (key) -> new AtomicInteger()).incrementAndGet();
				if (number == 13) {
					acknowledgment.fail(i, new IllegalStateException("unlucky"));
					continue;
				}
				this.handled.add(number);
			}
		}

	}

	static class Unfilled {

		static final Duration LINGER = Duration.ofSeconds(2);

		final Queue<List<Integer>> batches = new ConcurrentLinkedQueue<>();

		@NatsListener(subjects = "orders.unfilled", stream = "ORDERS", consumer = "unfilled", batchSize = "100",
				batchLinger = "2s")
		void handle(List<Integer> numbers) {
			this.batches.add(numbers);
		}

	}

	static class Lingering {

		final Set<Long> failed = ConcurrentHashMap.newKeySet();

		final AtomicInteger handled = new AtomicInteger();

		@NatsListener(subjects = "orders.lingering", stream = "ORDERS", consumer = "lingering", batchLinger = "20ms",
				concurrency = "2", maxDeliver = "100", backoff = "20ms")
		void handle(List<Message> messages) {
			boolean first = messages.stream()
				.map((message) -> this.failed.add(message.metaData().streamSequence()))
				.reduce(false, Boolean::logicalOr);
			if (first) {
				throw new IllegalStateException("Every message fails once");
			}
			this.handled.addAndGet(messages.size());
		}

	}

	static class Later {

		final Map<String, CompletableFuture<Void>> futures = new ConcurrentHashMap<>();

		@NatsListener(subjects = "orders.later", stream = "ORDERS", consumer = "later", concurrency = "2",
				maxDeliver = "1", deadLetterSubject = "dead.later")
		CompletableFuture<Void> handle(String text) {
			return this.futures.computeIfAbsent(text, (key) -> new CompletableFuture<>());
		}

	}

	static class Filtered {

		final Queue<String> seen = new ConcurrentLinkedQueue<>();

		@NatsListener(subjects = "orders.filtered", stream = "ORDERS", consumer = "filtered", filter = "oddNumbers",
				errorHandler = "#{@discarding}", deadLetterSubject = "dead.filtered")
		void handle(String text) {
			this.seen.add(text);
			throw new IllegalStateException("discard me");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FilteredConfiguration {

		@Bean
		MessageFilter oddNumbers() {
			return (message) -> Integer.parseInt(new String(message.getData())) % 2 == 1;
		}

		@Bean
		ListenerErrorHandler discarding() {
			return (failure) -> FailureAction.discard();
		}

	}

	static class Unacknowledged {

		final Queue<String> seen = new ConcurrentLinkedQueue<>();

		@NatsListener(id = "none", subjects = "orders.none", stream = "ORDERS", consumer = "none", ackMode = "none")
		void handle(String text) {
			this.seen.add(text);
		}

	}

	static class Stopping {

		final Queue<String> begun = new ConcurrentLinkedQueue<>();

		final CountDownLatch release = new CountDownLatch(1);

		@NatsListener(id = "stopping", subjects = "orders.stopping", stream = "ORDERS", consumer = "stopping")
		void handle(String text) throws InterruptedException {
			if (text.equals("quick")) {
				return;
			}
			this.begun.add(text);
			InTime.await(this.release);
		}

	}

}
