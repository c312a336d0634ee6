package dev.natsboot.connection;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReadWatchTests {

	@Test
	void noticesSilenceWhileTheApplicationBlocksTheCommonPool() throws Exception {
		CountDownLatch release = new CountDownLatch(1);
		int threads = ForkJoinPool.getCommonPoolParallelism();
		CountDownLatch blocked = new CountDownLatch(threads);
		for (int i = 0; i < threads; i++) {
			ForkJoinPool.commonPool().execute(() -> block(blocked, release));
		}
		try {
			assertThat(blocked.await(10, TimeUnit.SECONDS)).isTrue();
			CompletableFuture<Thread> silent = new CompletableFuture<>();
			new ReadWatch(Duration.ofMillis(100), () -> silent.complete(Thread.currentThread()));
			assertThat(silent).succeedsWithin(Duration.ofSeconds(10))
				.satisfies((thread) -> assertThat(thread.getName()).startsWith("nats-read-timeout-"));
		}
		finally {
			release.countDown();
		}
	}

	private static void block(CountDownLatch blocked, CountDownLatch release) {
		blocked.countDown();
		try {
			release.await(30, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
