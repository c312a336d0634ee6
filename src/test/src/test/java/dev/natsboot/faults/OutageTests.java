package dev.natsboot.faults;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;

import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.convert.MessagingPayloadConverter;
import dev.natsboot.convert.NatsMessageConverters;
import dev.natsboot.core.JetStreamTemplate;
import dev.natsboot.core.NatsExecutor;
import dev.natsboot.core.NatsPublishException;
import dev.natsboot.faults.processor.Behaviour;
import dev.natsboot.faults.processor.LedgerEntry.Event;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a processor needs goes away and comes back.
 */
class OutageTests {

	private static FaultRig rig;

	private static Processor processor;

	@BeforeAll
	static void start() throws Exception {
		rig = new FaultRig(1);
		processor = rig.processor("--nats.listener.ack-wait=3s", Processor.IMPATIENT);
	}

	@AfterAll
	static void stop() throws Exception {
		rig.close();
	}

	@Test
	void whatFailsWithoutADatabaseIsRetriedUntilItIsBack() {
		rig.database().stop();
		long charges = rig.count(Event.CHARGED);
		List<String> orders = rig.publish(20, Behaviour.PLAIN, 0);
		long failures = rig.count(Event.FAILED) + 5;
		FaultRig.await().until(() -> rig.count(Event.FAILED) >= failures);
		assertThat(rig.count(Event.CHARGED)).isEqualTo(charges);
		rig.database().start();
		rig.awaitCharged(orders);
	}

	@Test
	void publishingToAFullStreamFailsAndSaysWhy() {
		NatsConnectionManager connections = NatsConnectionManager.of(rig.streams().connection());
		connections.start();
		rig.streams().fill(Streams.ORDERS, 0);
		try (NatsExecutor executor = NatsExecutor.platformThreads()) {
			JetStreamTemplate template = new JetStreamTemplate(connections,
					new MessagingPayloadConverter(NatsMessageConverters.withJson(new JsonMapper())), executor);
			assertThatExceptionOfType(NatsPublishException.class)
				.isThrownBy(() -> template.publish("orders.refused", "x"))
				.withMessageContainingAll("orders.refused", "maximum bytes exceeded");
			assertThat(template.publishAsync("orders.refused", "x")).failsWithin(Duration.ofSeconds(30))
				.withThrowableOfType(ExecutionException.class)
				.withCauseInstanceOf(NatsPublishException.class);
		}
		finally {
			rig.streams().lift(Streams.ORDERS);
		}
		rig.awaitCharged(rig.publish(5, Behaviour.PLAIN, 0));
	}

	@Test
	void whatFindsTheDeadLettersFullStaysAndIsDeadLetteredLater() {
		rig.streams().fill(Streams.DEAD_LETTERS, 0);
		String order = rig.publish(Behaviour.REJECTED, 0);
		FaultRig.await().untilAsserted(() -> assertThat(rig.count(Event.FAILED, order)).isGreaterThan(1));
		assertThat(rig.streams().inFlight()).isEqualTo(1);
		assertThat(rig.streams().deadLetters()).doesNotContainKey(order);
		rig.streams().lift(Streams.DEAD_LETTERS);
		rig.awaitDeadLettered(order);
	}

	@Test
	void aServerInLameDuckModeLosesNothing() throws Exception {
		List<String> before = rig.publish(100, Behaviour.WAITING, 5);
		ServerFault.lameDuck(rig.server().getNodes().get(0));
		rig.server().start();
		rig.streams().awaitReachable();
		List<String> after = rig.publish(20, Behaviour.PLAIN, 0);
		rig.awaitCharged(before);
		rig.awaitCharged(after);
	}

	@Test
	void aConnectionThatIsCutIsMadeAnewAndLosesNothing() {
		List<String> before = rig.publish(100, Behaviour.WAITING, 5);
		processor.network().cut();
		List<String> during = rig.publish(20, Behaviour.PLAIN, 0);
		processor.network().mend();
		rig.awaitCharged(before);
		rig.awaitCharged(during);
	}

	@Test
	void aHalfOpenConnectionIsNoticedAndReplaced() {
		processor.network().strand();
		List<String> orders = rig.publish(50, Behaviour.PLAIN, 0);
		FaultRig.await().untilAsserted(() -> assertThat(rig.streams().consumer().getNumAckPending()).isPositive());
		assertThat(orders).allSatisfy((order) -> assertThat(rig.count(Event.BEGUN, order)).isZero());
		rig.awaitCharged(orders);
	}

	@Test
	void aConnectionThatStandsStillForAWhileLosesNothing() {
		processor.network().freeze();
		List<String> orders = rig.publish(50, Behaviour.PLAIN, 0);
		FaultRig.await().untilAsserted(() -> assertThat(rig.streams().consumer().getNumAckPending()).isPositive());
		processor.network().thaw();
		rig.awaitCharged(orders);
	}

	@Test
	void aSlowNetworkDeliversEverythingOnce() {
		processor.network().delay(Duration.ofMillis(200));
		try {
			List<String> orders = rig.publish(50, Behaviour.PLAIN, 0);
			rig.awaitCharged(orders);
			assertThat(orders).allSatisfy((order) -> assertThat(rig.count(Event.BEGUN, order)).isEqualTo(1));
		}
		finally {
			processor.network().delay(Duration.ZERO);
		}
	}

}
