package dev.natsboot.faults;

import java.util.List;

import dev.natsboot.faults.processor.Behaviour;
import dev.natsboot.faults.processor.LedgerEntry.Event;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * SIGTERM under load.
 */
class ShutdownTests {

	/** Much longer than the test takes: whatever waited for it would fail the test. */
	private static final String ACK_WAIT = "--nats.listener.ack-wait=5m";

	/** Much shorter than handling everything that was prefetched would take. */
	private static final String SHUTDOWN_TIMEOUT = "--nats.listener.shutdown-timeout=500ms";

	/** Few enough that there is much to do when it stops. */
	private static final String CONCURRENCY = "--nats.listener.concurrency=4";

	private static FaultRig rig;

	@BeforeAll
	static void start() {
		rig = new FaultRig(1);
	}

	@AfterAll
	static void stop() throws Exception {
		rig.close();
	}

	@Test
	void redeliversNothingThatWasHandledAndLeavesNothingPrefetchedBehind() throws Exception {
		Processor first = rig.processor(ACK_WAIT, SHUTDOWN_TIMEOUT, CONCURRENCY);
		Processor second = rig.processor(ACK_WAIT, CONCURRENCY);
		List<String> quick = rig.publish(200, Behaviour.PLAIN, 0);
		FaultRig.await().until(() -> rig.count(Event.CHARGED) >= quick.size());
		List<String> orders = rig.publish(400, Behaviour.WAITING, 150);
		assertThat(rig.streams().inFlight()).isPositive();
		first.stop();
		assertThat(rig.count(Event.STOPPED)).isEqualTo(1);
		assertThat(rig.count(Event.CHARGED)).isLessThan(quick.size() + orders.size());
		rig.awaitSettled();
		assertThat(rig.database().charges()).containsKeys(orders.toArray(String[]::new));
		assertThat(orders).allSatisfy((order) -> assertThat(rig.count(Event.BEGUN, order)).isEqualTo(1));
		assertThat(rig.streams().deadLetters()).isEmpty();
		second.stop();
	}

}
