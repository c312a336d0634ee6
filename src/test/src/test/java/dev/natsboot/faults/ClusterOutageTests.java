package dev.natsboot.faults;

import java.time.Duration;
import java.util.List;

import dev.natsboot.faults.processor.Behaviour;
import dev.natsboot.test.EmbeddedNatsNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
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

	@Test
	void theLeaderOfTheConsumerIsKilledUnderLoadAndNothingIsLost() throws Exception {
		List<String> before = rig.publish(100, Behaviour.WAITING, 10);
		kill(rig.streams().consumerLeader());
		rig.streams().awaitReachable();
		List<String> after = rig.publish(50, Behaviour.PLAIN, 0);
		awaitCharged(before);
		awaitCharged(after);
		rig.server().start();
		rig.streams().awaitReplicated();
	}

	private static void kill(String name) {
		rig.server().getNodes().stream().filter((node) -> node.getName().equals(name)).forEach(EmbeddedNatsNode::kill);
	}

	private static void awaitCharged(List<String> orders) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(rig.database().charges()).containsKeys(orders.toArray(String[]::new)));
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(rig.streams().inFlight()).isZero());
		assertThat(rig.streams().deadLetters()).isEmpty();
	}

}
