package dev.natsboot.core;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.natsboot.testsupport.InTime;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

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
