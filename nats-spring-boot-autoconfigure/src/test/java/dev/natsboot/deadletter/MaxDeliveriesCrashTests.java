package dev.natsboot.deadletter;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.natsboot.annotation.NatsListener;
import dev.natsboot.autoconfigure.NatsConverterAutoConfiguration;
import dev.natsboot.autoconfigure.NatsDeadLetterAutoConfiguration;
import dev.natsboot.autoconfigure.NatsJetStreamOptionsAutoConfiguration;
import dev.natsboot.autoconfigure.NatsListenerAutoConfiguration;
import dev.natsboot.autoconfigure.NatsTemplateAutoConfiguration;
import dev.natsboot.autoconfigure.NatsTopologyAutoConfiguration;
import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.deadletter.CrashingProcess.Point;
import dev.natsboot.listener.ConsumerType;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamSubscription;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.Subscription;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A process that ends while it has the last delivery of a message, or the advisory about
 * it.
 */
class MaxDeliveriesCrashTests {

	private static final String ADVISORIES = "NATS_ADVISORIES";

	private static final String FOLLOWER = "bound@ORDERS";

	private static DeadLetterRig rig;

	private Subscription effects;

	@BeforeAll
	static void start() throws Exception {
		rig = new DeadLetterRig();
	}

	@AfterAll
	static void stop() throws Exception {
		rig.close();
	}

	@BeforeEach
	void prepare() throws Exception {
		rig.reset();
		rig.stream(ADVISORIES, Duration.ofMinutes(2), MaxDeliveriesAdvisory.ALL);
		this.effects = rig.client().subscribe(CrashingProcess.EFFECTS);
	}

	@AfterEach
	void unsubscribe() {
		this.effects.unsubscribe();
	}

	@ParameterizedTest
	@CsvSource({ "PULL, BEFORE_HANDLER, 0, 0", "PULL, AFTER_EFFECT, 1, 0", "PUSH, AFTER_EFFECT, 1, 0",
			"PULL, AFTER_DEAD_LETTER, 1, 1", "PUSH, AFTER_DEAD_LETTER, 1, 1" })
	void aCrashAtTheLastDeliveryEndsInOneDeadLetter(ConsumerType consumerType, Point point, long handled,
			long deadLettered) throws Exception {
		consumer(consumerType);
		rig.client().jetStream().publish("orders.created", "deadly".getBytes());
		crash(consumerType, point);
		assertThat(this.effects.getPendingMessageCount()).isEqualTo(handled);
		assertThat(rig.messages("DEAD")).isEqualTo(deadLettered);
		assertOneDeadLetter(consumerType);
	}

	@Test
	void aCrashBetweenTheDeadLetterAndTheAcknowledgementOfTheAdvisoryLeavesOneDeadLetter() throws Exception {
		consumer(ConsumerType.PULL);
		rig.client().jetStream().publish("orders.created", "deadly".getBytes());
		park();
		crash(ConsumerType.PULL, Point.IN_FOLLOWER);
		assertThat(this.effects.getPendingMessageCount()).isZero();
		assertThat(rig.messages("DEAD")).isEqualTo(1);
		ConsumerInfo follower = rig.management().getConsumerInfo(ADVISORIES, FOLLOWER);
		assertThat(follower.getNumAckPending()).isEqualTo(1);
		rig.management()
			.addOrUpdateConsumer(ADVISORIES,
					ConsumerConfiguration.builder(follower.getConsumerConfiguration())
						.ackWait(Duration.ofMillis(300))
						.build());
		assertOneDeadLetter(ConsumerType.PULL);
		assertThat(rig.management().getConsumerInfo(ADVISORIES, FOLLOWER).getDelivered().getConsumerSequence())
			.isEqualTo(2);
	}

	private void crash(ConsumerType consumerType, Point point) throws Exception {
		Process process = CrashingProcess.start(rig.server().url(), consumerType, point);
		try {
			assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
			assertThat(process.exitValue()).isEqualTo(CrashingProcess.STATUS);
		}
		finally {
			process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
		}
		rig.client().flush(Duration.ofSeconds(5));
	}

	/**
	 * Another process handles nothing, sees to the advisory, and then there is one.
	 */
	private static void assertOneDeadLetter(ConsumerType consumerType) {
		runner(consumerType).run((context) -> {
			await().untilAsserted(() -> {
				ConsumerInfo follower = rig.management().getConsumerInfo(ADVISORIES, FOLLOWER);
				assertThat(follower.getAckFloor().getStreamSequence()).isEqualTo(1);
			});
			assertThat(rig.messages("DEAD")).isEqualTo(1);
			assertThat(rig.management().getMessage("DEAD", 1).getData()).asString().isEqualTo("deadly");
			assertThat(context.getBean(Handlers.class).handled).hasValue(0);
		});
	}

	private static void consumer(ConsumerType consumerType) throws IOException, JetStreamApiException {
		ConsumerConfiguration.Builder builder = ConsumerConfiguration.builder()
			.durable("bound")
			.maxDeliver(1)
			.ackWait(Duration.ofMillis(300));
		if (consumerType == ConsumerType.PUSH) {
			builder.deliverSubject("deliver.bound").deliverGroup("bound");
		}
		rig.management().addOrUpdateConsumer("ORDERS", builder.build());
	}

	/**
	 * Take the message and never answer, and pull once more: only then nats-server 2.9
	 * says that it gave up.
	 */
	private static void park() throws Exception {
		JetStreamSubscription subscription = rig.client()
			.jetStream()
			.subscribe(null, PullSubscribeOptions.fastBind("ORDERS", "bound"));
		subscription.pull(1);
		assertThat(subscription.nextMessage(Duration.ofSeconds(5))).isNotNull();
		subscription.pull(1);
		await().untilAsserted(() -> assertThat(rig.messages(ADVISORIES)).isEqualTo(1));
		subscription.unsubscribe();
	}

	private static ApplicationContextRunner runner(ConsumerType consumerType) {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(NatsConverterAutoConfiguration.class,
					NatsJetStreamOptionsAutoConfiguration.class, NatsTopologyAutoConfiguration.class,
					NatsTemplateAutoConfiguration.class, NatsListenerAutoConfiguration.class,
					NatsDeadLetterAutoConfiguration.class))
			.withPropertyValues("test.consumer-type=" + consumerType)
			.withBean(NatsConnectionManager.class,
					() -> NatsConnectionManager.builder()
						.options((options) -> options.server(rig.server().url()))
						.build())
			.withBean(Handlers.class);
	}

	static class Handlers {

		private final AtomicInteger handled = new AtomicInteger();

		@NatsListener(id = "bound", stream = "ORDERS", consumer = "bound", consumerType = "${test.consumer-type}",
				deadLetterSubject = "dead.{stream}.{consumer}")
		void handle(String order) {
			this.handled.incrementAndGet();
		}

	}

}
