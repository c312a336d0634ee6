package dev.natsboot.annotation;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

import dev.natsboot.listener.Acknowledgment;
import dev.natsboot.testsupport.FreePorts;
import io.nats.client.FetchConsumer;
import io.nats.client.Message;
import io.nats.client.api.ConsumerConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.netcrusher.core.reactor.NioReactor;
import org.netcrusher.tcp.TcpCrusher;
import org.netcrusher.tcp.TcpCrusherBuilder;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Acknowledgements that are waited for, over a network that is slow or lets nothing
 * through.
 */
@ExtendWith(OutputCaptureExtension.class)
class ConfirmedAcknowledgementTests {

	private static final Duration LATENCY = Duration.ofMillis(100);

	@RegisterExtension
	private static final ListenerRig rig = new ListenerRig().with("ORDERS", "orders.>");

	private NioReactor reactor;

	private TcpCrusher line;

	private volatile Duration latency = Duration.ZERO;

	@BeforeEach
	void openLine() throws Exception {
		this.reactor = new NioReactor();
		this.line = TcpCrusherBuilder.builder()
			.withReactor(this.reactor)
			.withBindAddress("localhost", FreePorts.next())
			.withConnectAddress("localhost", rig.server().port())
			.withOutgoingThrottlerFactory((address) -> (buffer) -> this.latency.toNanos())
			.buildAndOpen();
	}

	@AfterEach
	void closeLine() {
		this.line.close();
		this.reactor.close();
	}

	/**
	 * The next one may kill the process, and with it an acknowledgement that hasn't left.
	 */
	@ParameterizedTest
	@ValueSource(classes = { Plain.class, Later.class, ByHand.class, Batch.class })
	void theServerHasTheAcknowledgementOfASuspectBeforeTheNextOneIsHandled(Class<? extends Listener> type)
			throws Exception {
		this.latency = LATENCY;
		deliverWithoutAnAnswer(3);
		runner(type).run((context) -> {
			Listener listener = context.getBean(type);
			await().untilAsserted(() -> assertThat(listener.floors).containsExactly(0L, 1L, 2L));
			await().untilAsserted(() -> assertThat(floor()).isEqualTo(3));
		});
	}

	/**
	 * Somebody has taken them, and nobody knows what became of them.
	 */
	private static void deliverWithoutAnAnswer(int messages) throws Exception {
		rig.management()
			.addOrUpdateConsumer("ORDERS",
					ConsumerConfiguration.builder().durable("confirming").filterSubject("orders.a").build());
		for (int i = 1; i <= messages; i++) {
			rig.publish("orders.a", Integer.toString(i));
		}
		try (FetchConsumer fetched = rig.client().getConsumerContext("ORDERS", "confirming").fetchMessages(messages)) {
			for (Message next = fetched.nextMessage(); next != null; next = fetched.nextMessage()) {
				next.nak();
			}
		}
		rig.client().flush(Duration.ofSeconds(2));
	}

	@Test
	void anAcknowledgementThatIsNotConfirmedIsReportedAndTheMessageComesAgain(CapturedOutput output) {
		runner(Plain.class).withPropertyValues("nats.listener.ack-sync-timeout=200ms", "nats.listener.ack-wait=2s")
			.run((context) -> {
				Plain listener = context.getBean(Plain.class);
				listener.first = this.line::freezeAllPairs;
				rig.publish("orders.a", "1");
				await().untilAsserted(() -> assertThat(output)
					.contains("Listener 'confirming' could not acknowledge a message of 'orders.a'")
					.contains("did not confirm the acknowledgement within 200ms"));
				this.line.reopen();
				await().untilAsserted(() -> assertThat(listener.floors).hasSize(2));
				await().untilAsserted(() -> assertThat(floor()).isEqualTo(1));
			});
	}

	@Test
	void whatAHandlerCouldNotAcknowledgeIsHandledAgain() {
		runner(Ephemeral.class).withPropertyValues("nats.listener.ack-wait=2s").run((context) -> {
			Ephemeral listener = context.getBean(Ephemeral.class);
			listener.first = this.line::freezeAllPairs;
			rig.publish("orders.a", "1");
			await().untilAsserted(() -> assertThat(listener.failures).hasSize(1));
			this.line.reopen();
			await().untilAsserted(() -> assertThat(listener.acknowledged).isNotEmpty());
		});
	}

	private static long floor() {
		return rig.consumer("ORDERS", "confirming").getAckFloor().getStreamSequence();
	}

	private ApplicationContextRunner runner(Class<?> type) {
		return ListenerRig.runner("nats://localhost:" + this.line.getBindAddress().getPort(), type)
			.withPropertyValues("nats.listener.max-deliver=3");
	}

	abstract static class Listener {

		/** How far the server knew when the handler began. */
		final Queue<Long> floors = new ConcurrentLinkedQueue<>();

		void note() {
			this.floors.add(floor());
		}

	}

	static class Plain extends Listener {

		volatile Runnable first = () -> {
		};

		@NatsListener(id = "confirming", stream = "ORDERS", subjects = "orders.a", consumer = "confirming")
		void handle(String text) {
			if (this.floors.isEmpty()) {
				this.first.run();
			}
			note();
		}

	}

	static class Later extends Listener {

		@NatsListener(stream = "ORDERS", subjects = "orders.a", consumer = "confirming", concurrency = "3")
		CompletableFuture<Void> handle(String text) {
			note();
			return CompletableFuture.runAsync(() -> {
			});
		}

	}

	static class ByHand extends Listener {

		@NatsListener(stream = "ORDERS", subjects = "orders.a", consumer = "confirming", concurrency = "3",
				ackMode = "manual")
		void handle(String text, Acknowledgment acknowledgment) {
			note();
			acknowledgment.acknowledge();
		}

	}

	static class Ephemeral {

		final Queue<IllegalStateException> failures = new ConcurrentLinkedQueue<>();

		final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();

		volatile Runnable first = () -> {
		};

		@NatsListener(stream = "ORDERS", subjects = "orders.a", ackMode = "manual")
		void handle(String text, Acknowledgment acknowledgment) {
			boolean again = !this.failures.isEmpty();
			if (!again) {
				this.first.run();
			}
			try {
				acknowledgment.acknowledgeSync(again ? Duration.ofSeconds(5) : Duration.ofMillis(200));
				this.acknowledged.add(text);
			}
			catch (IllegalStateException ex) {
				this.failures.add(ex);
			}
		}

	}

	static class Batch extends Listener {

		@NatsListener(stream = "ORDERS", subjects = "orders.a", consumer = "confirming", batchSize = "3")
		void handle(List<String> texts) {
			texts.forEach((text) -> note());
		}

	}

}
