package dev.natsboot.faults;

import java.time.Duration;
import java.util.List;

import dev.natsboot.faults.processor.Behaviour;
import dev.natsboot.test.EmbeddedNatsNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A cluster goes on without the server that leads.
 */
class ClusterOutageTests {

	private static FaultRig rig;

	@BeforeAll
	static void start() throws Exception {
		rig = new FaultRig(3);
		rig.processor();
	}

	@AfterAll
	static void stop() throws Exception {
		rig.close();
	}

	@AfterEach
	void repair() throws Exception {
		rig.server().start();
		rig.streams().awaitReplicated();
	}

	@Test
	void theLeaderOfTheConsumerIsKilledUnderLoadAndNothingIsLost() throws Exception {
		List<String> before = rig.publish(100, Behaviour.WAITING, 10);
		consumerLeader().kill();
		rig.streams().awaitReachable();
		List<String> after = rig.publish(50, Behaviour.PLAIN, 0);
		rig.awaitCharged(before);
		rig.awaitCharged(after);
	}

	@Test
	void theElectionOfALeaderMakesAListenerAskAgain() {
		rig.awaitCharged(rig.publish(5, Behaviour.PLAIN, 0));
		long waiting = rig.streams().consumer().getNumWaiting();
		rig.streams().connection().publish("$JS.EVENT.ADVISORY.CONSUMER.LEADER_ELECTED.ORDERS.processors", null);
		Awaitility.await().until(() -> rig.streams().consumer().getNumWaiting() > waiting);
	}

	private static EmbeddedNatsNode consumerLeader() {
		String leader = rig.streams().consumerLeader();
		return rig.server()
			.getNodes()
			.stream()
			.filter((node) -> node.getName().equals(leader))
			.findFirst()
			.orElseThrow();
	}

}
