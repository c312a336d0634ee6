package dev.natsboot.listener;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.nats.client.Message;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

class WorkersTests {

	private final List<Runnable> started = new ArrayList<>();

	private final Workers workers = new Workers(3, this.started::add, (workers) -> {
	});

	@Test
	void startsAWorkerForEachDeliveryUpToItsConcurrency() {
		offer(5);
		assertThat(this.started).hasSize(3);
	}

	@Test
	void startsNoneWhileMoreIsAboutToCome() {
		this.workers.hold();
		offer(2);
		assertThat(this.started).isEmpty();
		this.workers.release();
		assertThat(this.started).hasSize(2);
	}

	@Test
	void holdsAFewDeliveriesOnly() {
		this.workers.hold();
		offer(63);
		assertThat(this.started).isEmpty();
		offer(1);
		assertThat(this.started).hasSize(1);
	}

	@Test
	void startsOneMoreWhileAnotherIsBusy() {
		offer(1);
		assertThat(this.workers.poll()).isNotNull();
		this.workers.hold();
		offer(1);
		this.workers.release();
		assertThat(this.started).hasSize(2);
	}

	@Test
	void beginsNothingAfterItsEndAndGivesAllBack() {
		offer(1);
		this.workers.end();
		offer(2);
		this.workers.release();
		assertThat(this.started).hasSize(1);
		List<Delivery> taken = new ArrayList<>();
		this.workers.poll(taken, 3);
		assertThat(taken).isEmpty();
		assertThat(this.workers.poll()).isNull();
		assertThat(this.workers.poll(Duration.ofMinutes(1))).isNull();
		assertThat(this.workers.drain()).hasSize(3);
	}

	private void offer(int deliveries) {
		for (int i = 0; i < deliveries; i++) {
			this.workers.offer(new Delivery(mock(Message.class), mock(Settlement.class), 0));
		}
	}

}
