package dev.natsboot.faults;

import java.util.List;

import dev.natsboot.faults.processor.Behaviour;
import dev.natsboot.faults.processor.LedgerEntry.Event;
import dev.natsboot.listener.ConsumerType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The process is killed at every step between the claim of a message's key and its
 * acknowledgement. Nothing else keeps the effect from being repeated.
 */
@ParameterizedClass
@CsvSource({ "jdbc, PULL", "jdbc, PUSH", "key-value, PULL", "key-value, PUSH" })
class IdempotencyCrashTests {

	private static FaultRig rig;

	private static Processor processor;

	@Parameter(0)
	private String store;

	@Parameter(1)
	private ConsumerType consumerType;

	@BeforeParameterizedClassInvocation
	static void start(String store, ConsumerType consumerType) throws Exception {
		rig = new FaultRig(1);
		processor = rig.processor("--processor.consumer-type=" + consumerType, "--nats.listener.ack-wait=2s",
				"--processor.idempotency=true", "--nats.listener.idempotency.store=" + store,
				"--nats.listener.idempotency.lease=2s", "--nats.listener.idempotency.jdbc.initialize-schema=always");
	}

	@AfterParameterizedClassInvocation
	static void stop() throws Exception {
		rig.close();
	}

	@Test
	void theConsumerIsOfTheTypeThatIsTested() {
		FaultRig.await().ignoreExceptions().until(() -> rig.streams().consumerType() == this.consumerType);
	}

	@Test
	void aCrashAfterTheClaimLeavesItToNobody() throws Exception {
		String order = rig.publish(Behaviour.CRASH_AFTER_CLAIM, 0);
		rig.awaitCrash(processor);
		assertThat(rig.count(Event.BEGUN, order)).isZero();
		rig.restart(processor);
		rig.awaitCharged(order);
		assertThat(rig.count(Event.BEGUN, order)).isEqualTo(1);
	}

	@Test
	void aCrashInTheHandlerCallsItAgain() throws Exception {
		String order = rig.publish(Behaviour.CRASH_DURING, 0);
		rig.awaitCrash(processor);
		rig.restart(processor);
		rig.awaitCharged(order);
		assertThat(rig.count(Event.BEGUN, order)).isEqualTo(2);
	}

	@Test
	void aCrashBetweenTheEffectAndTheMarkUndoesTheEffectWhereBothAreInTheDatabase() throws Exception {
		String order = rig.publish(Behaviour.CRASH_AFTER_EFFECT, 0);
		rig.awaitCrash(processor);
		boolean together = isTransactional(this.store);
		assertThat(rig.database().charges().containsKey(order)).isNotEqualTo(together);
		rig.restart(processor);
		rig.awaitCharged(List.of(order));
		assertThat(rig.count(Event.BEGUN, order)).isEqualTo(2);
		assertThat(rig.database().charges()).containsEntry(order, together ? 1 : 2);
	}

	@Test
	void aCrashBetweenTheMarkAndTheAcknowledgementDoesNotCallTheHandlerAgain() throws Exception {
		String order = rig.publish(Behaviour.CRASH_AFTER_MARK, 0);
		rig.awaitCrash(processor);
		assertThat(rig.database().charges()).containsEntry(order, 1);
		assertThat(rig.streams().inFlight()).isEqualTo(1);
		rig.restart(processor);
		rig.awaitCharged(order);
		assertThat(rig.count(Event.BEGUN, order)).isEqualTo(1);
		assertThat(rig.count(Event.DUPLICATE, order)).isEqualTo(1);
	}

	@Test
	void aCrashUnderLoadHasEachEffectOnceWhereBothAreInTheDatabase() throws Exception {
		List<String> before = rig.publish(50, Behaviour.WAITING, 5);
		String order = rig.publish(Behaviour.CRASH_AFTER_EFFECT, 0);
		List<String> after = rig.publish(50, Behaviour.WAITING, 5);
		rig.awaitCrash(processor);
		rig.restart(processor);
		rig.awaitCharged(before);
		rig.awaitCharged(after);
		rig.awaitCharged(List.of(order));
		boolean once = rig.database().charges().values().stream().allMatch((charges) -> charges == 1);
		assertThat(once).isEqualTo(isTransactional(this.store));
	}

	private static boolean isTransactional(String store) {
		return "jdbc".equals(store);
	}

}
