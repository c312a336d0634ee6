package dev.natsboot.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.convert.MessagingPayloadConverter;
import dev.natsboot.convert.NatsMessageConverters;
import dev.natsboot.core.JetStreamTemplate;
import dev.natsboot.core.NatsExecutor;
import dev.natsboot.core.NatsPublishException;
import dev.natsboot.faults.processor.Behaviour;
import dev.natsboot.faults.processor.LedgerEntry;
import dev.natsboot.faults.processor.LedgerEntry.Event;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The store of a server runs full: not one stream, but all of them together reach the
 * quota.
 */
class FullStoreTests {

	private static final int QUOTA = 4_000_000;

	/** Enough for some hundred orders. */
	private static final int ROOM = 100_000;

	private static FaultRig rig;

	private static Processor processor;

	@BeforeAll
	static void start() throws Exception {
		rig = new FaultRig(1, quota(QUOTA));
		processor = rig.processor("--nats.listener.ack-wait=3s");
	}

	@AfterAll
	static void stop() throws Exception {
		rig.close();
	}

	@AfterEach
	void makeRoom() {
		rig.streams().ballast().drop();
	}

	@Test
	void publishingToAFullStoreFailsAndSaysWhatToDo() {
		rig.streams().ballast().load();
		NatsConnectionManager connections = NatsConnectionManager.of(rig.streams().connection());
		connections.start();
		try (NatsExecutor executor = NatsExecutor.platformThreads()) {
			JetStreamTemplate template = new JetStreamTemplate(connections,
					new MessagingPayloadConverter(NatsMessageConverters.withJson(new JsonMapper())), executor);
			assertThatExceptionOfType(NatsPublishException.class)
				.isThrownBy(() -> template.publish("orders.refused", "x"))
				.withMessageContainingAll("orders.refused", "insufficient resources", "max_file_store");
			assertThat(template.publishAsync("orders.refused", "x")).failsWithin(Duration.ofSeconds(30))
				.withThrowableOfType(ExecutionException.class)
				.withCauseInstanceOf(NatsPublishException.class);
		}
		rig.streams().ballast().drop();
		rig.awaitCharged(rig.publish(5, Behaviour.PLAIN, 0));
	}

	@Test
	void whatWasStoredBeforeTheStoreRanFullIsHandledWhileItIsFull() {
		rig.streams().ballast().load(QUOTA - rig.streams().bytes() - ROOM);
		List<String> stored = publishUntilRefused();
		assertThat(stored).hasSizeGreaterThan(50);
		rig.awaitCharged(stored);
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> rig.publish(Behaviour.PLAIN, 0));
		rig.streams().ballast().drop();
		rig.awaitCharged(rig.publish(20, Behaviour.PLAIN, 0));
	}

	@Test
	void aDeadLetterThatFindsNoRoomLeavesItsMessageToBeRetriedWithDelays() throws Exception {
		String order = rejectedInAFullStore();
		FaultRig.await().untilAsserted(() -> assertThat(rig.count(Event.BEGUN, order)).isGreaterThan(3));
		assertThat(rig.streams().inFlight()).isEqualTo(1);
		assertThat(rig.streams().deadLetters()).doesNotContainKey(order);
		List<Long> times = times(order);
		assertThat(times.get(1) - times.get(0)).isGreaterThanOrEqualTo(100);
		assertThat(times.get(2) - times.get(1)).isGreaterThanOrEqualTo(250);
		assertThat(times.get(3) - times.get(2)).isGreaterThanOrEqualTo(500);
		rig.streams().ballast().drop();
		rig.awaitDeadLettered(order);
	}

	@Test
	void aLargerStoreTakesWhatTheFullOneRefused() throws Exception {
		String order = rejectedInAFullStore();
		FaultRig.await().untilAsserted(() -> assertThat(rig.count(Event.FAILED, order)).isPositive());
		rig.restartServer(quota(2 * QUOTA));
		List<String> orders = rig.publish(20, Behaviour.PLAIN, 0);
		rig.awaitDeadLettered(order);
		rig.awaitCharged(orders);
		rig.streams().ballast().drop();
		rig.restartServer(quota(QUOTA));
	}

	private static String quota(int bytes) {
		return "jetstream { max_file_store: " + bytes + " }";
	}

	/**
	 * An order that is stored before the store is full, and rejected when it is.
	 */
	private static String rejectedInAFullStore() throws InterruptedException {
		processor.stop();
		String order = rig.publish(Behaviour.REJECTED, 0);
		rig.streams().ballast().load();
		rig.restart(processor);
		return order;
	}

	private static List<String> publishUntilRefused() {
		List<String> stored = new ArrayList<>();
		try {
			while (stored.size() < ROOM / 10) {
				stored.add(rig.publish(Behaviour.PLAIN, 0));
			}
			throw new AssertionError("The store has room for " + stored.size() + " messages");
		}
		catch (CompletionException ex) {
			assertThat(ex).hasMessageContaining("insufficient resources");
		}
		return stored;
	}

	private static List<Long> times(String order) {
		return rig.entries()
			.stream()
			.filter((entry) -> entry.event() == Event.BEGUN && entry.order().equals(order))
			.map(LedgerEntry::time)
			.toList();
	}

}
