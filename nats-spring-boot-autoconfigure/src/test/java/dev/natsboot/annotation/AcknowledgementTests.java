package dev.natsboot.annotation;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import dev.natsboot.autoconfigure.NatsObservationAutoConfiguration;
import dev.natsboot.convert.NatsMessageHeaders;
import dev.natsboot.listener.Acknowledgment;
import dev.natsboot.listener.BatchAcknowledgment;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.nats.client.Dispatcher;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.ConsumerConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * When and how messages are acknowledged.
 */
@ExtendWith(OutputCaptureExtension.class)
class AcknowledgementTests {

	@RegisterExtension
	private static final ListenerRig rig = new ListenerRig().with("ORDERS", "orders.>");

	@Test
	void anAcknowledgementIsConfirmedWhereThatIsWanted() throws Exception {
		Queue<String> replySubjects = new ConcurrentLinkedQueue<>();
		Dispatcher sniffer = rig.client()
			.createDispatcher((ack) -> replySubjects.add(String.valueOf(ack.getReplyTo())));
		sniffer.subscribe("$JS.ACK.ORDERS.acknowledging.>");
		rig.client().flush(Duration.ofSeconds(2));
		rig.publish("orders.a", "1");
		rig.runner(Acknowledging.class)
			.run((context) -> await().untilAsserted(() -> assertThat(replySubjects).containsExactly("null")));
		rig.publish("orders.a", "2");
		rig.runner(Acknowledging.class)
			.withPropertyValues("nats.listener.ack-sync-timeout=2s")
			.run((context) -> await()
				.untilAsserted(() -> assertThat(replySubjects).hasSize(2).last().asString().startsWith("_INBOX.")));
		rig.client().closeDispatcher(sniffer);
	}

	@Test
	void theServerIsToldWhatIsDecidedByHand() throws Exception {
		Queue<String> told = new ConcurrentLinkedQueue<>();
		Dispatcher sniffer = rig.client().createDispatcher((message) -> told.add(new String(message.getData())));
		sniffer.subscribe("$JS.ACK.ORDERS.deciding.>");
		rig.client().flush(Duration.ofSeconds(2));
		rig.publish("orders.a", "delayed");
		rig.publish("orders.a", "term");
		rig.publish("orders.a", "ack");
		rig.runner(Deciding.class)
			.run((context) -> await().untilAsserted(() -> assertThat(told).containsExactly("+WPI",
					"-NAK {\"delay\": 60000000000}", "+WPI", "+TERM", "+WPI", "+ACK")));
		rig.client().closeDispatcher(sniffer);
	}

	@Test
	void anAcknowledgementByHandIsConfirmedWhereThatIsWanted() throws Exception {
		Queue<String> answers = new ConcurrentLinkedQueue<>();
		Dispatcher sniffer = rig.client()
			.createDispatcher((ack) -> answers.add(new String(ack.getData()) + " " + ack.getReplyTo()));
		sniffer.subscribe("$JS.ACK.ORDERS.confirming.>");
		rig.client().flush(Duration.ofSeconds(2));
		rig.publish("orders.a", "unconfirmed");
		rig.publish("orders.a", "confirmed");
		rig.runner(Confirming.class)
			.run((context) -> await().untilAsserted(() -> assertThat(answers).hasSize(2)
				.satisfiesExactly((first) -> assertThat(first).isEqualTo("+ACK null"),
						(second) -> assertThat(second).startsWith("+ACK _INBOX."))));
		rig.client().closeDispatcher(sniffer);
	}

	@Test
	void whatABatchHasDecidedAboutItsMessagesHoldsWhenItFails() throws Exception {
		Map<String, String> told = decisions("batch");
		rig.runner(DecidingBatch.class)
			.run((context) -> await().untilAsserted(() -> assertThat(told).containsOnly(Map.entry("1", "+ACK"),
					Map.entry("2", "-NAK {\"delay\": 60000000000}"),
					Map.entry("3", "-NAK {\"delay\": 120000000000}"))));
	}

	@Test
	void whatABatchDecidesByHandIsToldAndTheOthersStayOpen() throws Exception {
		Map<String, String> told = decisions("by-hand");
		rig.runner(DecidingBatchByHand.class).run((context) -> {
			await().untilAsserted(() -> assertThat(told).containsOnly(Map.entry("1", "+ACK"),
					Map.entry("2", "-NAK {\"delay\": 60000000000}")));
			await().during(Duration.ofMillis(300)).untilAsserted(() -> assertThat(told).doesNotContainKey("3"));
			assertThat(ackPending("by-hand")).isEqualTo(2);
			context.getBean(DecidingBatchByHand.class).acknowledgment.acknowledge(2);
			await().untilAsserted(() -> assertThat(told).containsEntry("3", "+ACK"));
		});
	}

	/**
	 * What is decided about each of three messages, by their sequences.
	 */
	private static Map<String, String> decisions(String consumer) throws Exception {
		Map<String, String> told = new ConcurrentHashMap<>();
		rig.client()
			.createDispatcher(
					(message) -> told.put(message.getSubject().split("\\.")[5], new String(message.getData())))
			.subscribe("$JS.ACK.ORDERS." + consumer + ".>");
		rig.client().flush(Duration.ofSeconds(2));
		for (String text : new String[] { "a", "b", "c" }) {
			rig.publish("orders.a", text);
		}
		return told;
	}

	@Test
	void messagesThatWaitToBeSettledByHandDoNotKeepOthersFromComing() {
		for (int i = 0; i < 20; i++) {
			rig.publish("orders.a", Integer.toString(i));
		}
		rig.runner(Later.class).run((context) -> {
			Later listener = context.getBean(Later.class);
			await().untilAsserted(() -> assertThat(listener.open).hasSize(20));
			listener.open.forEach(Acknowledgment::acknowledge);
			await().untilAsserted(() -> assertThat(rig.consumer("ORDERS", "later").getNumAckPending()).isZero());
		});
	}

	@Test
	void messagesThatNobodySettlesAreReported(CapturedOutput output) {
		rig.publish("orders.a", "1");
		rig.runner(Later.class)
			.withPropertyValues("nats.listener.ack-wait=2s", "nats.listener.shutdown-timeout=100ms")
			.run((context) -> {
				Later listener = context.getBean(Later.class);
				await().untilAsserted(() -> assertThat(output)
					.contains("Listener 'later': 1 messages have not been settled for longer than the ack wait"));
				assertThat(listener.open).hasSize(1);
			});
	}

	@Test
	void aLateNakOfWhatWasHandledMeanwhileBringsNothingBack() {
		rig.publish("orders.a", "1");
		rig.runner(Overtaken.class)
			.withConfiguration(AutoConfigurations.of(NatsObservationAutoConfiguration.class))
			.run((context) -> {
				Overtaken listener = context.getBean(Overtaken.class);
				redeliver(listener);
				listener.finish(2).complete(null);
				await().until(() -> listener.observations.get() == 1);
				await().untilAsserted(() -> assertThat(ackPending("overtaken")).isZero());
				Queue<String> naks = naks("overtaken");
				listener.finish(1).completeExceptionally(new IllegalStateException("Too late"));
				await().untilAsserted(() -> assertThat(naks).hasSize(1));
				await().during(Duration.ofMillis(500)).until(() -> listener.begun.size() == 2);
				assertThat(ackPending("overtaken")).isZero();
			});
	}

	@Test
	void aLateNakOfWhatIsHandledAgainIsNotSent() {
		rig.publish("orders.a", "1");
		rig.runner(Overtaken.class).run((context) -> {
			Overtaken listener = context.getBean(Overtaken.class);
			redeliver(listener);
			Queue<String> naks = naks("overtaken");
			listener.finish(1).completeExceptionally(new IllegalStateException("Too late"));
			await().during(Duration.ofMillis(500)).until(() -> naks.isEmpty() && listener.begun.size() == 2);
			listener.finish(2).complete(null);
			await().untilAsserted(() -> assertThat(ackPending("overtaken")).isZero());
			assertThat(naks).isEmpty();
			assertThat(listener.begun).hasSize(2);
		});
	}

	/**
	 * The server waits no longer for a message, and its handler doesn't know.
	 */
	private static void redeliver(Overtaken listener) throws IOException, JetStreamApiException {
		await().until(() -> listener.begun.contains(1L));
		ackWait("overtaken", Duration.ofSeconds(1));
		await().until(() -> listener.begun.contains(2L));
		ackWait("overtaken", Duration.ofMinutes(5));
	}

	private static void ackWait(String consumer, Duration ackWait) throws IOException, JetStreamApiException {
		rig.management()
			.addOrUpdateConsumer("ORDERS",
					ConsumerConfiguration.builder(rig.consumer("ORDERS", consumer).getConsumerConfiguration())
						.ackWait(ackWait)
						.build());
	}

	private static long ackPending(String consumer) {
		return rig.consumer("ORDERS", consumer).getNumAckPending();
	}

	/**
	 * What is given back from now on.
	 */
	private static Queue<String> naks(String consumer) throws Exception {
		Queue<String> naks = new ConcurrentLinkedQueue<>();
		rig.client().createDispatcher((message) -> {
			String answer = new String(message.getData());
			if (answer.startsWith("-NAK")) {
				naks.add(answer);
			}
		}).subscribe("$JS.ACK.ORDERS." + consumer + ".>");
		rig.client().flush(Duration.ofSeconds(2));
		return naks;
	}

	static class Overtaken {

		final Queue<Long> begun = new ConcurrentLinkedQueue<>();

		final Map<Long, CompletableFuture<Void>> calls = new ConcurrentHashMap<>();

		/** How many have ended: when the container has done with a message. */
		final AtomicInteger observations = new AtomicInteger();

		@Bean
		ObservationRegistry observationRegistry() {
			ObservationRegistry registry = ObservationRegistry.create();
			registry.observationConfig()
				.observationPredicate((name, context) -> name.equals("nats.process"))
				.observationHandler(new CountingObservationHandler(this.observations));
			return registry;
		}

		@NatsListener(stream = "ORDERS", subjects = "orders.a", consumer = "overtaken", concurrency = "4",
				ackWait = "5m", backoff = "50ms")
		CompletableFuture<Void> handle(NatsMessageHeaders headers) {
			this.begun.add(headers.deliveryCount());
			return finish(headers.deliveryCount());
		}

		CompletableFuture<Void> finish(long delivery) {
			return this.calls.computeIfAbsent(delivery, (key) -> new CompletableFuture<>());
		}

	}

	static class Acknowledging {

		@NatsListener(stream = "ORDERS", subjects = "orders.a", consumer = "acknowledging")
		void handle(String text) {
		}

	}

	static class Deciding {

		@NatsListener(stream = "ORDERS", subjects = "orders.a", consumer = "deciding", ackMode = "manual")
		void handle(String text, Acknowledgment acknowledgment) {
			acknowledgment.inProgress();
			switch (text) {
				case "delayed" -> acknowledgment.nak(Duration.ofMinutes(1));
				case "term" -> acknowledgment.term();
				default -> acknowledgment.acknowledge();
			}
		}

	}

	static class Confirming {

		@NatsListener(stream = "ORDERS", subjects = "orders.a", consumer = "confirming", ackMode = "manual")
		void handle(String text, Acknowledgment acknowledgment) {
			if (text.equals("confirmed")) {
				acknowledgment.acknowledgeSync(Duration.ofSeconds(2));
			}
			else {
				acknowledgment.acknowledge();
			}
		}

	}

	static class DecidingBatch {

		@NatsListener(stream = "ORDERS", subjects = "orders.a", consumer = "batch", batchSize = "3", batchLinger = "5s",
				backoff = "2m")
		void handle(List<String> texts, BatchAcknowledgment acknowledgment) {
			acknowledgment.acknowledge(0);
			acknowledgment.nak(1, Duration.ofMinutes(1));
			throw new IllegalStateException("The others fail");
		}

	}

	static class DecidingBatchByHand {

		volatile BatchAcknowledgment acknowledgment;

		@NatsListener(stream = "ORDERS", subjects = "orders.a", consumer = "by-hand", batchSize = "3",
				batchLinger = "5s", ackMode = "manual")
		void handle(List<String> texts, BatchAcknowledgment acknowledgment) {
			this.acknowledgment = acknowledgment;
			acknowledgment.acknowledge(0);
			acknowledgment.nak(1, Duration.ofMinutes(1));
		}

	}

	static class Later {

		final Queue<Acknowledgment> open = new ConcurrentLinkedQueue<>();

		@NatsListener(id = "later", stream = "ORDERS", subjects = "orders.a", consumer = "later", ackMode = "manual")
		void handle(String text, Acknowledgment acknowledgment) {
			this.open.add(acknowledgment);
		}

	}

	private record CountingObservationHandler(AtomicInteger ended) implements ObservationHandler<Observation.Context> {

		@Override
		public void onStop(Observation.Context context) {
			this.ended.incrementAndGet();
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

}
