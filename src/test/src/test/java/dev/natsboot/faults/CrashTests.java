package dev.natsboot.faults;

import java.io.IOException;
import java.util.List;

import dev.natsboot.faults.processor.Behaviour;
import dev.natsboot.faults.processor.LedgerEntry.Event;
import dev.natsboot.faults.processor.Order;
import dev.natsboot.listener.ConsumerType;
import dev.natsboot.listener.DeadLetterHeaders;
import dev.natsboot.listener.DeliveriesExhaustedException;
import io.nats.client.JetStreamApiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process that is killed with signal 9 at each step of a message's way.
 */
@ParameterizedClass
@EnumSource(value = ConsumerType.class, names = { "PULL", "PUSH" })
class CrashTests {

	private static FaultRig rig;

	private static Processor processor;

	@Parameter
	private ConsumerType consumerType;

	@BeforeParameterizedClassInvocation
	static void start(ConsumerType consumerType) throws Exception {
		rig = new FaultRig(1);
		processor = rig.processor("--processor.consumer-type=" + consumerType, "--nats.listener.ack-wait=2s",
				"--nats.listener.max-deliver=2");
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
	void aCrashBeforeTheHandlerIsCalledCallsItLater() throws Exception {
		String order = rig.publish(Behaviour.CRASH_BEFORE, 0);
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
		assertThat(rig.database().charges()).doesNotContainKey(order);
		rig.restart(processor);
		rig.awaitCharged(order);
		assertThat(rig.count(Event.BEGUN, order)).isEqualTo(2);
	}

	@Test
	void aCrashBetweenTheEffectAndTheAcknowledgementRepeatsTheEffect() throws Exception {
		String order = rig.publish(Behaviour.CRASH_AFTER_EFFECT, 0);
		rig.awaitCrash(processor);
		assertThat(rig.database().charges()).containsEntry(order, 1);
		rig.restart(processor);
		rig.awaitCharged(List.of(order));
		assertThat(rig.database().charges()).containsEntry(order, 2);
	}

	@Test
	void aCrashAtTheLastDeliveryEndsInTheDeadLettersWithoutAnotherCall() throws Exception {
		String order = rig.publish(Behaviour.POISON, 0);
		rig.awaitCrash(processor);
		processor.start();
		rig.awaitCrash(processor);
		rig.restart(processor);
		awaitDeadLettered(order);
		assertThat(rig.count(Event.BEGUN, order)).isEqualTo(2);
		assertThat(exception(order)).isEqualTo(DeliveriesExhaustedException.class.getName());
	}

	@Test
	void aCrashBeforeTheDeadLetterIsPublishedDoesNotLoseIt() throws Exception {
		String order = rig.publish(Behaviour.CRASH_BEFORE_DEAD_LETTER, 0);
		rig.awaitCrash(processor);
		assertThat(rig.streams().deadLetters()).doesNotContainKey(order);
		rig.restart(processor);
		awaitDeadLettered(order);
	}

	@Test
	void aCrashBetweenTheDeadLetterAndItsSettlementLeavesOneDeadLetter() throws Exception {
		String order = rig.publish(Behaviour.CRASH_AFTER_DEAD_LETTER, 0);
		rig.awaitCrash(processor);
		assertThat(rig.streams().deadLetters()).containsEntry(order, 1);
		assertThat(rig.streams().inFlight()).isEqualTo(1);
		rig.restart(processor);
		awaitDeadLettered(order);
	}

	@Test
	void theOrdersBesideOneThatCrashesAreAllCharged() throws Exception {
		List<String> before = rig.publish(20, Behaviour.WAITING, 10);
		rig.publish(Behaviour.CRASH_DURING, 0);
		List<String> after = rig.publish(20, Behaviour.WAITING, 10);
		rig.awaitCrash(processor);
		rig.restart(processor);
		rig.awaitCharged(before);
		rig.awaitCharged(after);
	}

	private static void awaitDeadLettered(String order) {
		rig.awaitDeadLettered(order);
		assertThat(rig.database().charges()).doesNotContainKey(order);
	}

	private static String exception(String order) throws IOException, JetStreamApiException {
		return rig.streams()
			.connection()
			.jetStreamManagement()
			.getLastMessage(Streams.DEAD_LETTERS, Order.DEAD_LETTER_SUBJECT + Order.SUBJECT + order)
			.getHeaders()
			.getFirst(DeadLetterHeaders.EXCEPTION);
	}

}
