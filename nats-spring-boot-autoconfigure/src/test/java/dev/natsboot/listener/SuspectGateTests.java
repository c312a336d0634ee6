package dev.natsboot.listener;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;

import io.nats.client.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

class SuspectGateTests {

	private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

	private final List<Delivery> passed = Collections.synchronizedList(new ArrayList<>());

	private final SuspectGate gate = new SuspectGate((delivery) -> delivery.sequence() < 100, this.timer,
			this.passed::add);

	@AfterEach
	void shutdown() {
		this.timer.shutdownNow();
	}

	@Test
	void lastDeliveriesComeFirstAndInTheOppositeOrder() {
		Stream.of(delivery(1, false), delivery(2, true), delivery(3, false), delivery(4, true))
			.forEach(this.gate::enter);
		for (int count = 1; count <= 4; count++) {
			int expected = count;
			await().untilAsserted(() -> assertThat(this.passed).hasSize(expected));
			this.gate.leave(this.passed.get(count - 1));
		}
		assertThat(this.passed).extracting(Delivery::sequence).containsExactly(4L, 2L, 1L, 3L);
	}

	@Test
	void onlyOneIsThroughAtATimeAndOthersAreNotHeldBack() {
		Delivery first = delivery(1, true);
		Delivery second = delivery(2, true);
		Delivery innocent = delivery(100, false);
		this.gate.enter(first);
		this.gate.enter(second);
		this.gate.enter(innocent);
		assertThat(this.passed).containsExactly(innocent);
		await().untilAsserted(() -> assertThat(this.passed).hasSize(2));
		this.gate.leave(innocent);
		assertThat(this.gate.drain()).extracting(Delivery::sequence).containsExactly(1L);
		assertThat(this.passed).hasSize(2);
	}

	@Test
	void aMessageThatComesAgainWhileItWaitsIsNotForgotten() {
		this.gate.enter(delivery(1, true));
		this.gate.enter(delivery(1, true));
		assertThat(this.gate.drain()).hasSize(2);
	}

	private static Delivery delivery(long sequence, boolean last) {
		Message message = mock(Message.class);
		given(message.getReplyTo())
			.willReturn("$JS.ACK.ORDERS.billing.1." + sequence + "." + sequence + ".1700000000000000000.0");
		Delivery delivery = new Delivery(message, mock(Settlement.class), 0);
		delivery.setLast(last);
		return delivery;
	}

}
