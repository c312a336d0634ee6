package dev.natsboot.annotation;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import dev.natsboot.testsupport.InTime;
import io.nats.client.Dispatcher;
import io.nats.client.JetStream;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.PublishAck;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * More large messages wait than the memory of the application could hold.
 */
class SmallHeapTests {

	private static final String HEAP = "64m";

	private static final int MESSAGES = 300;

	private static final int BYTES = 512 * 1024;

	/** The server sends all that it is asked for, however slowly it is read. */
	@RegisterExtension
	private static final ListenerRig rig = new ListenerRig("max_pending: 1GB");

	@BeforeAll
	static void publish() throws Exception {
		rig.stream("LARGE", "large.*");
		JetStream jetStream = rig.client().jetStream();
		byte[] payload = new byte[BYTES];
		List<CompletableFuture<PublishAck>> stored = IntStream.range(0, MESSAGES)
			.mapToObj((i) -> jetStream.publishAsync("large." + i, payload))
			.toList();
		InTime.join(stored);
	}

	@Test
	void aListenerThatPullsHandlesAllAndAsksForNoMoreThanItCanHold() throws Exception {
		assertThatAllAreHandled("pull", 1000);
	}

	@Test
	void aListenerThatIsPushedHandlesAllAndHoldsNoMoreThanMaxAckPending() throws Exception {
		assertThatAllAreHandled("push", 20);
	}

	private static void assertThatAllAreHandled(String type, int maxAckPending) throws Exception {
		Queue<String> handled = new ConcurrentLinkedQueue<>();
		Dispatcher dispatcher = rig.client().createDispatcher((message) -> handled.add(new String(message.getData())));
		dispatcher.subscribe("handled");
		rig.client().flush(Duration.ofSeconds(30));
		Process process = SmallHeapProcess.start(rig.server().url(), HEAP, type, maxAckPending);
		try {
			await().atMost(Duration.ofSeconds(120)).until(() -> !process.isAlive() || handled.size() >= MESSAGES);
			assertThat(process.isAlive()).as("alive").isTrue();
			assertThat(handled).containsExactlyInAnyOrder(
					IntStream.range(0, MESSAGES).mapToObj((i) -> "large." + i + " " + BYTES).toArray(String[]::new));
			await().until(() -> rig.consumer("LARGE", type), (consumer) -> isDone(consumer));
			assertThat(process.isAlive()).as("alive").isTrue();
		}
		finally {
			process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
			rig.client().closeDispatcher(dispatcher);
		}
	}

	private static boolean isDone(ConsumerInfo consumer) {
		return consumer.getNumPending() == 0 && consumer.getNumAckPending() == 0;
	}

}
