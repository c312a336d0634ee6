package dev.natsboot.annotation;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import dev.natsboot.convert.NatsHeaders;
import dev.natsboot.convert.NatsMessageHeaders;
import dev.natsboot.listener.Acknowledgment;
import dev.natsboot.listener.DeadLetterHeaders;
import dev.natsboot.listener.DefaultListenerErrorHandler;
import dev.natsboot.listener.FailureAction;
import dev.natsboot.listener.ListenerErrorHandler;
import dev.natsboot.listener.MessageFilter;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.impl.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.handler.annotation.Header;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Each way in which a message may fail, and what becomes of it and of those behind it.
 */
class FailurePathTests {

	private static final List<String> WAYS = List.of("retried", "dead", "discarded", "broken handler", "later",
			"filtered");

	@RegisterExtension
	private static final ListenerRig rig = new ListenerRig().with("ORDERS", "orders.>").with("DEAD", "dead.>");

	@Test
	void everyWayToFailMakesRoomForFurtherMessages() {
		for (int round = 0; round < 10; round++) {
			WAYS.forEach((way) -> rig.publish("orders.ways", way));
		}
		rig.publish("orders.ways", "good");
		rig.runner(Ways.class, WaysConfiguration.class).run((context) -> {
			Ways listener = context.getBean(Ways.class);
			await().until(() -> listener.handled.contains("good"));
			await().untilAsserted(() -> assertThat(listener.handled).filteredOn("retried"::equals).hasSize(10));
			await().untilAsserted(() -> assertThat(rig.consumer("ORDERS", "ways").getNumAckPending()).isZero());
			assertThat(rig.messages("DEAD")).isEqualTo(10);
		});
	}

	@Test
	void aListenerMayHaveNoDeadLettersWhereOthersHaveThem() {
		rig.publish("orders.lossy", "lossy");
		rig.publish("orders.kept", "kept");
		rig.runner(Lossy.class)
			.withPropertyValues("nats.listener.dead-letter-subject=dead.{subject}", "nats.listener.max-deliver=1")
			.run((context) -> {
				await().untilAsserted(() -> assertThat(rig.consumer("ORDERS", "kept").getAckFloor().getStreamSequence())
					.isEqualTo(2));
				await()
					.untilAsserted(() -> assertThat(rig.consumer("ORDERS", "lossy").getAckFloor().getStreamSequence())
						.isPositive());
				assertThat(rig.messages("DEAD")).isEqualTo(1);
				assertThat(rig.management().getMessage("DEAD", 1).getSubject()).isEqualTo("dead.orders.kept");
			});
	}

	@Test
	void asynchronousFailuresAtTheSameTimeAreRetriedEachByItself() {
		rig.publish("orders.together", "a");
		rig.publish("orders.together", "b");
		rig.runner(Together.class).run((context) -> {
			Together listener = context.getBean(Together.class);
			await().until(() -> listener.calls.size() == 2);
			listener.first.completeExceptionally(new IllegalStateException("both at once"));
			await().untilAsserted(() -> assertThat(rig.consumer("ORDERS", "together").getNumAckPending()).isZero());
			assertThat(listener.calls).containsOnlyKeys("a", "b");
			assertThat(listener.calls.values()).allSatisfy((calls) -> assertThat(calls).hasValue(2));
			assertThat(rig.messages("DEAD")).isZero();
		});
	}

	@Test
	void filteredMessagesDoNotStopAListenerThatSettlesByHand() {
		for (int number = 0; number < 40; number++) {
			rig.publish("orders.manual", (number % 10 == 9) ? "good" : "filtered");
		}
		rig.runner(Manual.class, WaysConfiguration.class).run((context) -> {
			Manual listener = context.getBean(Manual.class);
			await().untilAsserted(() -> assertThat(listener.handled).hasSize(4));
			await().untilAsserted(() -> assertThat(rig.consumer("ORDERS", "manual").getNumAckPending()).isZero());
		});
	}

	@Test
	void theHeadersOfAnEarlierDeadLetterAreReplacedAndTheTextIsBounded() throws Exception {
		Headers headers = new Headers().add(DeadLetterHeaders.EXCEPTION, "earlier.Exception")
			.add(DeadLetterHeaders.TEXT, "earlier")
			.add("Dead-Letter-Foreign", "earlier")
			.add("Customer", "7");
		rig.client().jetStream().publish("orders.long", headers, "x".getBytes());
		rig.runner(LongText.class).run((context) -> await().until(() -> rig.messages("DEAD") == 1));
		Headers dead = rig.management().getMessage("DEAD", 1).getHeaders();
		assertThat(dead.get(DeadLetterHeaders.EXCEPTION)).containsExactly(IllegalStateException.class.getName());
		assertThat(dead.get(DeadLetterHeaders.TEXT)).singleElement().asString().hasSize(1000).doesNotContain("earlier");
		assertThat(dead.containsKey("Dead-Letter-Foreign")).isFalse();
		assertThat(dead.getFirst("Customer")).isEqualTo("7");
	}

	@Test
	void headersThatWouldActOnTheDeadLetterStreamAreLeftOut() throws Exception {
		rig.management()
			.updateStream(StreamConfiguration.builder(rig.management().getStreamInfo("ORDERS").getConfiguration())
				.allowRollup(true)
				.allowMessageTtl(rig.client().getServerInfo().isSameOrNewerThanVersion("2.11.0"))
				.build());
		rig.runner(Acting.class).run((context) -> {
			for (String header : List.of("Nats-Expected-Stream: ORDERS", "Nats-Rollup: sub", "Nats-TTL: 1h")) {
				String[] parts = header.split(": ");
				rig.client()
					.jetStream()
					.publish("orders.acting." + parts[0], new Headers().add(parts[0], parts[1]), header.getBytes());
			}
			await().untilAsserted(() -> assertThat(rig.messages("DEAD")).isEqualTo(3));
		});
		for (long sequence = 1; sequence <= 3; sequence++) {
			MessageInfo dead = rig.management().getMessage("DEAD", sequence);
			assertThat(dead.getHeaders().keySet()).filteredOn((name) -> name.startsWith("Nats-"))
				.as(new String(dead.getData()))
				.containsExactly("Nats-Msg-Id");
		}
	}

	@Test
	void theSubjectOfADeadLetterMayHaveTheSequenceOfItsMessage() throws Exception {
		rig.publish("orders.other", "x");
		rig.publish("orders.sequenced", "a");
		rig.publish("orders.sequenced", "b");
		rig.runner(Sequenced.class).run((context) -> await().until(() -> rig.messages("DEAD") == 2));
		assertThat(rig.management().getLastMessage("DEAD", "dead.at.2").getData()).asString().isEqualTo("a");
		assertThat(rig.management().getLastMessage("DEAD", "dead.at.3").getData()).asString().isEqualTo("b");
	}

	@Test
	void aDeadLetterThatCannotBeStoredLeavesItsMessageToBeRetried() throws Exception {
		rig.runner(Homeless.class).run((context) -> {
			Homeless listener = context.getBean(Homeless.class);
			rig.publish("orders.homeless", "first");
			await().until(() -> rig.messages("DEAD") == 1);
			rig.deleteStream("DEAD");
			rig.publish("orders.homeless", "second");
			await().until(() -> listener.calls.getOrDefault("second", 0) > 1);
			assertThat(rig.consumer("ORDERS", "homeless").getNumAckPending()).isEqualTo(1);
			rig.stream("DEAD", "dead.>");
			await().until(() -> rig.messages("DEAD") == 1);
			await().untilAsserted(() -> assertThat(rig.consumer("ORDERS", "homeless").getNumAckPending()).isZero());
		});
	}

	@Test
	void aDeadLetterThatCannotBeStoredIsTriedAgainWithTheDelaysOfRetries() throws Exception {
		Queue<Long> delays = delays("homeless");
		rig.runner(Homeless.class).run((context) -> {
			rig.deleteStream("DEAD");
			rig.publish("orders.homeless", "x");
			await().until(() -> delays.size() > 3);
			assertThat(delays).containsOnly(20_000_000L);
			rig.stream("DEAD", "dead.>");
			await().until(() -> rig.messages("DEAD") == 1);
		});
	}

	@Test
	void aRetryWaitsAsLongAsTheListenerSaysAlsoWhereTheServerHasABackOffOfItsOwn() throws Exception {
		rig.management()
			.createConsumer("ORDERS",
					ConsumerConfiguration.builder()
						.durable("declared")
						.filterSubject("orders.declared")
						.ackPolicy(AckPolicy.Explicit)
						.maxDeliver(5)
						.backoff(Duration.ofMillis(500), Duration.ofMillis(600), Duration.ofMillis(700))
						.build());
		Queue<Long> delays = new ConcurrentLinkedQueue<>();
		rig.client()
			.createDispatcher((message) -> delays.add(delay(message.getData())))
			.subscribe("$JS.ACK.ORDERS.declared.>");
		rig.publish("orders.declared", "x");
		rig.runner(Declared.class)
			.run((context) -> await().until(() -> context.getBean(Declared.class).calls.get() == 4));
		await().untilAsserted(() -> assertThat(delays.stream().filter((delay) -> delay > 0))
			.containsExactly(250_000_000L, 150_000_000L, 50_000_000L));
	}

	/**
	 * Where the server's delays came on top, the last retry would wait almost twice as
	 * long. A busy machine may delay some of the messages, but not all.
	 */
	@Test
	void theDelaysOfTheServerDoNotAddUpWithThoseOfTheListener() throws Exception {
		rig.management()
			.createConsumer("ORDERS",
					ConsumerConfiguration.builder()
						.durable("timed")
						.filterSubject("orders.timed.*")
						.ackPolicy(AckPolicy.Explicit)
						.maxDeliver(5)
						.backoff(Duration.ofMillis(300), Duration.ofMillis(700), Duration.ofMillis(1100))
						.build());
		for (int number = 0; number < 5; number++) {
			rig.publish("orders.timed." + number, "x");
		}
		rig.runner(Timed.class).run((context) -> {
			Map<String, List<Long>> times = context.getBean(Timed.class).times;
			await().until(() -> times.size() == 5 && times.values().stream().allMatch((each) -> each.size() == 4));
			assertThat(times.values()).allSatisfy((each) -> assertThat(gaps(each)).allMatch((gap) -> gap >= 890));
			assertThat(times.values()).anyMatch((each) -> gaps(each).get(2) < 1900);
		});
	}

	private static List<Long> gaps(List<Long> times) {
		return IntStream.range(1, times.size()).mapToObj((index) -> times.get(index) - times.get(index - 1)).toList();
	}

	@Test
	void aRetryWaitsForASecondUnlessSomethingElseIsSaid() throws Exception {
		Queue<Long> delays = delays("default");
		rig.publish("orders.default", "x");
		rig.runner(Defaults.class)
			.run((context) -> await().untilAsserted(() -> assertThat(delays).first().isEqualTo(1_000_000_000L)));
	}

	@Test
	void theLastDelayGrowsUpToTheLongestThatTheAnnotationAllows() throws Exception {
		Queue<Long> delays = delays("growing");
		rig.publish("orders.growing", "x");
		rig.runner(Growing.class)
			.withPropertyValues("nats.listener.backoff=3ms", "nats.listener.backoff-multiplier=5",
					"nats.listener.backoff-max=1s", "nats.listener.backoff-jitter=1")
			.run((context) -> await()
				.untilAsserted(() -> assertThat(naks(delays)).containsExactly(10.0, 20.0, 30.0, 30.0)));
	}

	@Test
	void theLastDelayGrowsUpToTheLongestThatThePropertiesAllow() throws Exception {
		Queue<Long> delays = delays("configured");
		rig.publish("orders.configured", "x");
		rig.runner(Configured.class)
			.withPropertyValues("nats.listener.backoff=10ms", "nats.listener.backoff-multiplier=2",
					"nats.listener.backoff-max=30ms")
			.run((context) -> await()
				.untilAsserted(() -> assertThat(naks(delays)).containsExactly(10.0, 20.0, 30.0, 30.0)));
	}

	@Test
	void delaysAreSpreadByTheJitterOfTheAnnotation() throws Exception {
		Queue<Long> delays = delays("spread");
		rig.publish("orders.spread", "x");
		rig.runner(Spread.class)
			.withPropertyValues("nats.listener.backoff=10ms")
			.run((context) -> await().untilAsserted(() -> assertThat(naks(delays)).hasSize(4)
				.allSatisfy((delay) -> assertThat(delay).isBetween(5.0, 15.0).isNotEqualTo(10.0))));
	}

	@Test
	void delaysAreSpreadByTheJitterOfTheProperties() throws Exception {
		Queue<Long> delays = delays("configured");
		rig.publish("orders.configured", "x");
		rig.runner(Configured.class)
			.withPropertyValues("nats.listener.backoff=10ms", "nats.listener.backoff-jitter=0.5")
			.run((context) -> await().untilAsserted(() -> assertThat(naks(delays)).hasSize(4)
				.allSatisfy((delay) -> assertThat(delay).isBetween(5.0, 15.0).isNotEqualTo(10.0))));
	}

	@Test
	void anExceptionOfAFatalTypeIsDeadLetteredWithoutARetryAndOthersAreNot() throws Exception {
		rig.publish("orders.classified", "fatal");
		rig.publish("orders.classified", "transient");
		rig.runner(Classified.class, ClassifiedConfiguration.class)
			.run((context) -> await().until(() -> rig.messages("DEAD") == 2));
		assertThat(deadLetter(1)).isEqualTo("fatal after 1");
		assertThat(deadLetter(2)).isEqualTo("transient after 3");
	}

	@Test
	void anArgumentThatCannotBeResolvedIsDeadLetteredWithoutARetry() throws Exception {
		rig.publish("orders.tenants", "missing");
		rig.client().jetStream().publish("orders.tenants", new Headers().add("tenant", "many"), "wrong".getBytes());
		rig.runner(Tenants.class).run((context) -> await().until(() -> rig.messages("DEAD") == 2));
		assertThat(deadLetter(1)).isEqualTo("missing after 1");
		assertThat(deadLetter(2)).isEqualTo("wrong after 1");
	}

	@Test
	void theErrorHandlerSeesWhatCouldNotBeRead() {
		rig.publish("orders.numbers", "no number");
		rig.runner(Numbers.class, NumbersConfiguration.class).run((context) -> {
			rig.client().publish("numbers", "no number".getBytes());
			NumbersConfiguration seen = context.getBean(NumbersConfiguration.class);
			await().untilAsserted(() -> assertThat(seen.failures).containsOnlyKeys("stream", "core"));
			assertThat(seen.failures.values()).hasOnlyElementsOfType(MessageConversionException.class);
		});
	}

	private static String deadLetter(long sequence) throws Exception {
		MessageInfo dead = rig.management().getMessage("DEAD", sequence);
		return new String(dead.getData()) + " after " + dead.getHeaders().getFirst(DeadLetterHeaders.DELIVERIES);
	}

	@Test
	void aConsumerIsMadeWithoutABackOffOfTheServer() {
		rig.runner(LongText.class)
			.run((context) -> assertThat(rig.consumer("ORDERS", "long").getConsumerConfiguration().getBackoff())
				.isEmpty());
	}

	/**
	 * The delays with which messages of a consumer are given back from now on, 0 for
	 * other settlements.
	 */
	private static Queue<Long> delays(String consumer) throws Exception {
		Queue<Long> delays = new ConcurrentLinkedQueue<>();
		rig.client()
			.createDispatcher((message) -> delays.add(delay(message.getData())))
			.subscribe("$JS.ACK.ORDERS." + consumer + ".>");
		rig.client().flush(Duration.ofSeconds(5));
		return delays;
	}

	/**
	 * The delays of what was given back, in milliseconds.
	 */
	private static List<Double> naks(Queue<Long> delays) {
		return delays.stream().filter((delay) -> delay > 0).map((delay) -> delay / 1e6).toList();
	}

	private static long delay(byte[] settlement) {
		String text = new String(settlement, StandardCharsets.US_ASCII);
		if (!text.startsWith("-NAK {")) {
			return 0;
		}
		JsonNode json = new JsonMapper().readTree(text.substring(5));
		return json.get("delay").asLong();
	}

	static class Ways {

		final Queue<String> handled = new ConcurrentLinkedQueue<>();

		@NatsListener(subjects = "orders.ways", stream = "ORDERS", consumer = "ways", maxAckPending = "5",
				backoff = "1ms", errorHandler = "ways", filter = "unfiltered", deadLetterSubject = "dead.ways")
		CompletableFuture<Void> handle(String text, @Header(NatsHeaders.DELIVERY_COUNT) long deliveries) {
			if (text.equals("later")) {
				return CompletableFuture.failedFuture(new IllegalStateException(text));
			}
			if (!text.equals("good") && !(text.equals("retried") && deliveries > 1)) {
				throw new IllegalStateException(text);
			}
			this.handled.add(text);
			return CompletableFuture.completedFuture(null);
		}

	}

	static class Lossy {

		@NatsListener(subjects = "orders.lossy", stream = "ORDERS", consumer = "lossy", deadLetterSubject = "none")
		void lose(String text) {
			throw new IllegalStateException(text);
		}

		@NatsListener(subjects = "orders.kept", stream = "ORDERS", consumer = "kept")
		void keep(String text) {
			throw new IllegalStateException(text);
		}

	}

	static class Manual {

		final Queue<String> handled = new ConcurrentLinkedQueue<>();

		@NatsListener(subjects = "orders.manual", stream = "ORDERS", consumer = "manual", ackMode = "manual",
				maxAckPending = "5", filter = "unfiltered")
		void handle(String text, Acknowledgment acknowledgment) {
			this.handled.add(text);
			acknowledgment.acknowledge();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class WaysConfiguration {

		@Bean
		MessageFilter unfiltered() {
			return (message) -> !"filtered".equals(new String(message.getData()));
		}

		@Bean
		ListenerErrorHandler ways() {
			return (failure) -> switch (String.valueOf(failure.cause().getMessage())) {
				case "dead" -> FailureAction.deadLetter();
				case "retried" -> FailureAction.retry(Duration.ofMillis(1));
				case "broken handler" -> broken(failure.deliveries());
				default -> FailureAction.discard();
			};
		}

		private static FailureAction broken(long deliveries) {
			if (deliveries == 1) {
				throw new IllegalStateException("The error handler fails, too");
			}
			return FailureAction.discard();
		}

	}

	static class Together {

		final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();

		final CompletableFuture<Void> first = new CompletableFuture<>();

		@NatsListener(subjects = "orders.together", stream = "ORDERS", consumer = "together", concurrency = "2",
				backoff = "20ms", deadLetterSubject = "dead.together")
		CompletableFuture<Void> handle(String text) {
			int call = this.calls.computeIfAbsent(text, (key) -> new AtomicInteger()).incrementAndGet();
			return (call == 1) ? this.first : CompletableFuture.completedFuture(null);
		}

	}

	static class LongText {

		@NatsListener(subjects = "orders.long", stream = "ORDERS", consumer = "long", maxDeliver = "1",
				deadLetterSubject = "dead.long")
		void handle(String text) {
			throw new IllegalStateException("a".repeat(5000));
		}

	}

	static class Acting {

		@NatsListener(subjects = "orders.acting.*", stream = "ORDERS", consumer = "acting", maxDeliver = "1",
				backoff = "10ms", deadLetterSubject = "dead.acting")
		void handle(String text) {
			throw new IllegalStateException("no");
		}

	}

	static class Sequenced {

		@NatsListener(subjects = "orders.sequenced", stream = "ORDERS", consumer = "sequenced", maxDeliver = "1",
				deadLetterSubject = "dead.at.{sequence}")
		void handle(String text) {
			throw new IllegalStateException("no");
		}

	}

	static class Homeless {

		final Map<String, Integer> calls = new ConcurrentHashMap<>();

		@NatsListener(subjects = "orders.homeless", stream = "ORDERS", consumer = "homeless", maxDeliver = "2",
				backoff = "20ms", deadLetterSubject = "dead.homeless")
		void handle(String text) {
			this.calls.merge(text, 1, Integer::sum);
			throw new IllegalStateException("no");
		}

	}

	static class Declared {

		final AtomicInteger calls = new AtomicInteger();

		@NatsListener(subjects = "orders.declared", stream = "ORDERS", consumer = "declared", backoff = "250ms")
		void handle(String text) {
			if (this.calls.incrementAndGet() < 4) {
				throw new IllegalStateException("no");
			}
		}

	}

	static class Timed {

		/** Of each message's deliveries, in milliseconds. */
		final Map<String, List<Long>> times = new ConcurrentHashMap<>();

		@NatsListener(subjects = "orders.timed.*", stream = "ORDERS", consumer = "timed", backoff = "900ms")
		void handle(NatsMessageHeaders headers) {
			List<Long> own = this.times.computeIfAbsent(headers.subject(), (key) -> new CopyOnWriteArrayList<>());
			own.add(System.nanoTime() / 1_000_000);
			if (own.size() < 4) {
				throw new IllegalStateException("no");
			}
		}

	}

	static class Defaults {

		@NatsListener(subjects = "orders.default", stream = "ORDERS", consumer = "default")
		void handle(String text) {
			throw new IllegalStateException("no");
		}

	}

	static class Growing {

		@NatsListener(subjects = "orders.growing", stream = "ORDERS", consumer = "growing", backoff = "10ms",
				backoffMultiplier = "2", backoffMax = "30ms", backoffJitter = "0")
		void handle(String text) {
			throw new IllegalStateException("no");
		}

	}

	static class Configured {

		@NatsListener(subjects = "orders.configured", stream = "ORDERS", consumer = "configured")
		void handle(String text) {
			throw new IllegalStateException("no");
		}

	}

	static class Spread {

		@NatsListener(subjects = "orders.spread", stream = "ORDERS", consumer = "spread", backoffJitter = "0.5")
		void handle(String text) {
			throw new IllegalStateException("no");
		}

	}

	static class Classified {

		@NatsListener(subjects = "orders.classified", stream = "ORDERS", consumer = "classified", maxDeliver = "3",
				backoff = "10ms", errorHandler = "classifying", deadLetterSubject = "dead.classified")
		void handle(String text) {
			throw new IllegalStateException(text.equals("fatal") ? new UnsupportedOperationException(text) : null);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ClassifiedConfiguration {

		@Bean
		ListenerErrorHandler classifying() {
			return new DefaultListenerErrorHandler(UnsupportedOperationException.class::isInstance);
		}

	}

	static class Tenants {

		@NatsListener(subjects = "orders.tenants", stream = "ORDERS", consumer = "tenants", backoff = "10ms",
				deadLetterSubject = "dead.tenants")
		void handle(String text, @Header("tenant") int tenant) {
		}

	}

	static class Numbers {

		@NatsListener(id = "stream", subjects = "orders.numbers", stream = "ORDERS", consumer = "numbers",
				errorHandler = "seeing")
		void handle(int number) {
		}

		@NatsListener(id = "core", subjects = "numbers", errorHandler = "seeing")
		void handleCore(int number) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class NumbersConfiguration {

		final Map<String, Throwable> failures = new ConcurrentHashMap<>();

		@Bean
		ListenerErrorHandler seeing() {
			return (failure) -> {
				this.failures.put(failure.endpoint().id(), failure.cause());
				return FailureAction.discard();
			};
		}

	}

}
