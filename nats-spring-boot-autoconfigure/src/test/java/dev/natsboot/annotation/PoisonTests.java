package dev.natsboot.annotation;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.nats.client.Dispatcher;
import io.nats.client.api.MessageInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A message that kills the application each time.
 */
class PoisonTests {

	private static final int INNOCENTS = 12;

	@ParameterizedTest
	@EnumSource
	void onlyTheMessageThatKillsTheApplicationBecomesADeadLetter(PoisonProcess.Listener listener) throws Exception {
		try (ListenerRig rig = new ListenerRig()) {
			rig.stream("ORDERS", "orders.>");
			rig.stream("DEAD", "dead.>");
			Queue<String> handled = new ConcurrentLinkedQueue<>();
			Dispatcher dispatcher = rig.client()
				.createDispatcher((message) -> handled.add(new String(message.getData())));
			dispatcher.subscribe("handled");
			innocents(0, INNOCENTS / 2).forEach((innocent) -> rig.publish("orders.poison", innocent));
			rig.publish("orders.poison", PoisonProcess.POISON);
			innocents(INNOCENTS / 2, INNOCENTS).forEach((innocent) -> rig.publish("orders.poison", innocent));
			int crashes = runUntilDeadLettered(rig, listener);
			assertThat(crashes).isBetween(1, 3);
			MessageInfo dead = rig.management().getMessage("DEAD", 1);
			assertThat(dead.getData()).asString().isEqualTo(PoisonProcess.POISON);
			assertThat(rig.messages("DEAD")).isEqualTo(1);
			assertThat(handled).containsAll(innocents(0, INNOCENTS).toList());
		}
	}

	private static Stream<String> innocents(int from, int to) {
		return IntStream.range(from, to).mapToObj((i) -> "innocent " + i);
	}

	private static int runUntilDeadLettered(ListenerRig rig, PoisonProcess.Listener listener) throws Exception {
		int crashes = 0;
		while (true) {
			Process process = PoisonProcess.start(rig.server().url(), listener);
			try {
				await().atMost(Duration.ofSeconds(60)).until(() -> !process.isAlive() || isDone(rig));
				if (process.isAlive()) {
					return crashes;
				}
				assertThat(process.exitValue()).isEqualTo(3);
				assertThat(++crashes).isLessThan(10);
			}
			finally {
				process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
			}
		}
	}

	private static boolean isDone(ListenerRig rig) {
		return rig.messages("DEAD") > 0 && rig.consumer("ORDERS", "poison").getNumAckPending() == 0
				&& rig.consumer("ORDERS", "poison").getNumPending() == 0;
	}

}
