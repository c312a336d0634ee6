package dev.natsboot.annotation;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.nats.client.JetStreamSubscription;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * One acknowledgement for many messages, of which few are among many others in their
 * stream.
 */
class AckAllFilterTests {

	private static final int OTHERS = 12_000;

	@RegisterExtension
	private static final ListenerRig rig = new ListenerRig().with("ORDERS", "orders.>");

	private final Queue<String> calledBack = new ConcurrentLinkedQueue<>();

	@BeforeEach
	void observe() throws Exception {
		this.calledBack.clear();
		rig.client().createDispatcher((message) -> {
			if (new String(message.getData()).equals("-NAK")) {
				this.calledBack.add(message.getSubject());
			}
		}).subscribe("$JS.ACK.ORDERS.rare.>");
		rig.client().flush(Duration.ofSeconds(5));
	}

	@Test
	void onlyWhatAKilledProcessHadIsCalledBack() throws Exception {
		filter(rare());
		rig.publish("orders.rare.1", "1");
		rig.publish("orders.rare.2", "2");
		publishOthers();
		rig.publish("orders.rare.1", "3");
		leaveUnanswered(3);
		publishOthers();
		rig.publish("orders.rare.1", "4");
		rig.runner(Rare.class).withPropertyValues("rare=" + String.join(",", rare())).run((context) -> {
			Rare listener = context.getBean(Rare.class);
			await().untilAsserted(() -> assertThat(listener.texts).containsExactly("1", "2", "3", "4"));
			await().until(() -> rig.consumer("ORDERS", "rare").getNumAckPending() == 0);
			rig.client().flush(Duration.ofSeconds(5));
			assertThat(this.calledBack).hasSize(3);
		});
	}

	/**
	 * As many were passed over as are pending, and let through by the filter as it is
	 * now.
	 */
	@Test
	void nothingIsLostThatWasDeliveredUnderAnotherFilter() throws Exception {
		assumeTrue(knowsFilters(), "after a change of the filter the server delivers nothing that matches it");
		filter("orders.former");
		rig.publish("orders.former", "1");
		rig.publish("orders.rare.1", "passed over");
		publishOthers();
		rig.publish("orders.rare.2", "passed over");
		rig.publish("orders.former", "2");
		leaveUnanswered(2);
		filter(rare());
		rig.publish("orders.rare.1", "3");
		rig.runner(Rare.class).withPropertyValues("rare=" + String.join(",", rare())).run((context) -> {
			Rare listener = context.getBean(Rare.class);
			await().atMost(Duration.ofSeconds(20))
				.untilAsserted(() -> assertThat(listener.texts).containsExactly("1", "2", "3"));
			await().until(() -> rig.consumer("ORDERS", "rare").getNumAckPending() == 0);
		});
	}

	/**
	 * Servers before 2.10 know one filter only.
	 */
	private static String[] rare() {
		return knowsFilters() ? new String[] { "orders.rare.1", "orders.rare.2" } : new String[] { "orders.rare.*" };
	}

	private static boolean knowsFilters() {
		return rig.client().getServerInfo().isSameOrNewerThanVersion("2.10.0");
	}

	private static void filter(String... subjects) throws Exception {
		rig.management()
			.addOrUpdateConsumer("ORDERS",
					ConsumerConfiguration.builder()
						.durable("rare")
						.filterSubjects(subjects)
						.ackPolicy(AckPolicy.All)
						.ackWait(Duration.ofMinutes(5))
						.build());
	}

	private static void publishOthers() throws Exception {
		for (int i = 0; i < OTHERS; i++) {
			rig.client().publish("orders.other", new byte[0]);
		}
		rig.client().flush(Duration.ofSeconds(5));
	}

	/**
	 * As a process does that is killed: it has got messages, and says nothing more.
	 */
	private static void leaveUnanswered(int count) throws Exception {
		JetStreamSubscription killed = rig.client()
			.jetStream()
			.subscribe(null, PullSubscribeOptions.bind("ORDERS", "rare"));
		assertThat(killed.fetch(count, Duration.ofSeconds(5))).hasSize(count);
		killed.unsubscribe();
	}

	static class Rare {

		final Queue<String> texts = new ConcurrentLinkedQueue<>();

		@NatsListener(subjects = "${rare}", stream = "ORDERS", consumer = "rare", ackMode = "all", batchSize = "10")
		void handle(List<String> texts) {
			this.texts.addAll(texts);
		}

	}

}
