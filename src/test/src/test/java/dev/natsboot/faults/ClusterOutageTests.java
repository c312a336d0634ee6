package dev.natsboot.faults;

import java.time.Duration;
import java.util.List;

import dev.natsboot.faults.processor.Behaviour;
import dev.natsboot.test.EmbeddedNatsNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A cluster goes on without the server that leads.
 */
class ClusterOutageTests {

	private FaultRig rig;

	@BeforeEach
	void start() throws Exception {
		this.rig = new FaultRig(3);
		this.rig.processor();
	}

	@AfterEach
	void stop() throws Exception {
		this.rig.close();
	}

	@Test
	void theLeaderOfTheConsumerIsKilledUnderLoadAndNothingIsLost() throws Exception {
		List<String> before = this.rig.publish(100, Behaviour.WAITING, 10);
		consumerLeader().kill();
		this.rig.streams().awaitReachable();
		List<String> after = this.rig.publish(50, Behaviour.PLAIN, 0);
		this.rig.awaitCharged(before);
		this.rig.awaitCharged(after);
	}

	@Test
	void theElectionOfALeaderMakesAListenerAskAgain() {
		this.rig.awaitCharged(this.rig.publish(5, Behaviour.PLAIN, 0));
		long waiting = this.rig.streams().consumer().getNumWaiting();
		this.rig.streams().connection().publish("$JS.EVENT.ADVISORY.CONSUMER.LEADER_ELECTED.ORDERS.processors", null);
		Awaitility.await().until(() -> this.rig.streams().consumer().getNumWaiting() > waiting);
	}

	private EmbeddedNatsNode consumerLeader() {
		String leader = this.rig.streams().consumerLeader();
		return this.rig.server()
			.getNodes()
			.stream()
			.filter((node) -> node.getName().equals(leader))
			.findFirst()
			.orElseThrow();
	}

}
