package dev.natsboot.core;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PublishWindowTests {

	private static final Duration LONG = Duration.ofSeconds(20);

	private static final Duration SHORT = Duration.ofMillis(50);

	@Test
	void letsNoMoreInThanItHasPlaces() {
		PublishWindow window = full(4);
		assertThat(window.enter(SHORT)).isFalse();
		window.leave();
		assertThat(window.enter(SHORT)).isTrue();
		assertThat(window.enter(SHORT)).isFalse();
	}

	@Test
	void singlePlaceIsTakenAgainWhenItIsFree() {
		PublishWindow window = full(1);
		CompletableFuture<Boolean> next = CompletableFuture.supplyAsync(() -> window.enter(LONG));
		window.leave();
		assertThat(next).succeedsWithin(LONG).isEqualTo(true);
	}

	@Test
	void whoFindsItFullWaitsUntilAnEighthIsFree() throws Exception {
		PublishWindow window = full(100);
		Thread waiting = new Thread(() -> window.enter(LONG));
		waiting.start();
		awaitState(waiting, Thread.State.TIMED_WAITING);
		IntStream.range(0, 11).forEach((number) -> window.leave());
		assertThat(waiting.isAlive()).isTrue();
		awaitState(waiting, Thread.State.TIMED_WAITING);
		window.leave();
		waiting.join(LONG.toMillis());
		assertThat(waiting.isAlive()).isFalse();
	}

	@Test
	void aPlaceThatIsFreeAtTheTimeoutIsTaken() {
		PublishWindow window = full(100);
		CompletableFuture<Boolean> late = CompletableFuture.supplyAsync(() -> window.enter(Duration.ofMillis(200)));
		window.leave();
		assertThat(late).succeedsWithin(LONG).isEqualTo(true);
	}

	@Test
	void manyThreadsAllGetInAndNeverTooManyAtATime() {
		PublishWindow window = new PublishWindow(3);
		AtomicInteger inside = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		List<CompletableFuture<Boolean>> all = IntStream.range(0, 8)
			.mapToObj((number) -> CompletableFuture.supplyAsync(() -> enterOften(window, inside, most)))
			.toList();
		assertThat(all).allSatisfy((future) -> assertThat(future).succeedsWithin(LONG).isEqualTo(true));
		assertThat(most).hasValueBetween(1, 3);
	}

	private static boolean enterOften(PublishWindow window, AtomicInteger inside, AtomicInteger most) {
		boolean entered = true;
		for (int i = 0; i < 20_000; i++) {
			entered &= window.enter(LONG);
			most.accumulateAndGet(inside.incrementAndGet(), Math::max);
			inside.decrementAndGet();
			window.leave();
		}
		return entered;
	}

	private static PublishWindow full(int size) {
		PublishWindow window = new PublishWindow(size);
		IntStream.range(0, size).forEach((number) -> assertThat(window.enter(SHORT)).isTrue());
		return window;
	}

	private static void awaitState(Thread thread, Thread.State state) {
		org.awaitility.Awaitility.await().until(() -> thread.getState() == state);
	}

}
