package dev.natsboot.annotation;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

import io.nats.client.Dispatcher;
import io.nats.client.api.MessageInfo;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A message that kills the application each time.
 */
class PoisonTests {

	private static final int INNOCENTS = 30;

	@Test
	void onlyTheMessageThatKillsTheApplicationBecomesADeadLetter() throws Exception {
		try (ListenerRig rig = new ListenerRig()) {
			rig.stream("ORDERS", "orders.>");
			rig.stream("DEAD", "dead.>");
			Queue<String> handled = new ConcurrentLinkedQueue<>();
			Dispatcher dispatcher = rig.client()
				.createDispatcher((message) -> handled.add(new String(message.getData())));
			dispatcher.subscribe("handled");
			rig.publish("orders.poison", PoisonProcess.POISON);
			IntStream.range(0, INNOCENTS).forEach((i) -> rig.publish("orders.poison", "innocent " + i));
			int crashes = runUntilDeadLettered(rig);
			assertThat(crashes).isBetween(1, 5);
			MessageInfo dead = rig.management().getMessage("DEAD", 1);
			assertThat(dead.getData()).asString().isEqualTo(PoisonProcess.POISON);
			assertThat(rig.messages("DEAD")).isEqualTo(1);
			assertThat(handled)
				.contains(IntStream.range(0, INNOCENTS).mapToObj((i) -> "innocent " + i).toArray(String[]::new));
		}
	}

	private static int runUntilDeadLettered(ListenerRig rig) throws Exception {
		int crashes = 0;
		while (true) {
			Process process = PoisonProcess.start(rig.server().url());
			try {
				await().atMost(Duration.ofSeconds(60)).until(() -> !process.isAlive() || isDone(rig));
				if (process.isAlive()) {
					return crashes;
				}
				assertThat(process.exitValue()).isEqualTo(3);
				crashes++;
			}
			finally {
				process.destroyForcibly().waitFor();
			}
		}
	}

	private static boolean isDone(ListenerRig rig) {
		return rig.messages("DEAD") > 0 && rig.consumer("ORDERS", "poison").getNumAckPending() == 0
				&& rig.consumer("ORDERS", "poison").getNumPending() == 0;
	}

}
