package dev.natsboot.core;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.natsboot.testsupport.InTime;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Who publishes waits for a place of the window, and gets one.
 */
class PublishWindowTests {

	private static final Duration LONG = Duration.ofMinutes(1);

	private static final Duration SOON = Duration.ofSeconds(30);

	private final PublishWindow window = new PublishWindow(10);

	@Test
	void takesAsManyAsItHasPlaces() {
		fill();
		assertThat(this.window.enter(Duration.ofMillis(1))).isFalse();
		this.window.leave();
		assertThat(this.window.enter(Duration.ZERO)).isTrue();
		assertThat(this.window.enter(Duration.ofMillis(1))).isFalse();
	}

	@Test
	void theFirstPlaceThatIsFreeIsTaken() {
		fill();
		CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> this.window.enter(LONG));
		this.window.leave();
		assertThat(waiting).succeedsWithin(SOON).isEqualTo(true);
	}

	@Test
	void whoWaitsGetsAPlaceWhileAnotherTakesAllItCan() throws Exception {
		fill();
		AtomicBoolean ended = new AtomicBoolean();
		Thread publisher = new Thread(() -> publishUntil(ended));
		publisher.start();
		try {
			CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> this.window.enter(LONG));
			this.window.leave();
			assertThat(waiting).succeedsWithin(SOON).isEqualTo(true);
		}
		finally {
			ended.set(true);
		}
		this.window.leave();
		InTime.join(publisher);
	}

	@Test
	void whoIsInterruptedGetsNoneAndStaysInterrupted() {
		fill();
		Thread.currentThread().interrupt();
		assertThat(this.window.enter(LONG)).isFalse();
		assertThat(Thread.interrupted()).isTrue();
		this.window.leave();
		assertThat(this.window.enter(Duration.ZERO)).isTrue();
	}

	@Test
	void whoHasWaitedForHalfOfItsTimeIsNotOvertaken() throws InterruptedException {
		fill();
		Queue<String> entered = new ConcurrentLinkedQueue<>();
		Thread waiting = new Thread(() -> enter("waits", entered));
		waiting.start();
		await().until(() -> this.window.isInOrder() && waiting.getState() == Thread.State.TIMED_WAITING);
		this.window.leave();
		enter("goes on", entered);
		InTime.join(waiting);
		assertThat(entered).containsExactly("waits", "goes on");
		assertThat(this.window.isInOrder()).isFalse();
	}

	private void enter(String name, Queue<String> entered) {
		assertThat(this.window.enter(Duration.ofSeconds(10))).isTrue();
		entered.add(name);
		this.window.leave();
	}

	private void fill() {
		for (int place = 0; place < this.window.size(); place++) {
			assertThat(this.window.enter(Duration.ZERO)).isTrue();
		}
	}

	private void publishUntil(AtomicBoolean ended) {
		while (!ended.get()) {
			this.window.enter(LONG);
			this.window.leave();
		}
	}

}
