package dev.natsboot.testsupport;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.springframework.util.Assert;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Waits that end in any case: what never comes fails a test, or a handler, instead of
 * keeping it for ever.
 */
public final class InTime {

	private static final Duration LONGEST = Duration.ofSeconds(60);

	private InTime() {
	}

	/**
	 * Wait for a latch.
	 * @param latch what somebody else counts down
	 * @throws InterruptedException when this thread is interrupted
	 */
	public static void await(CountDownLatch latch) throws InterruptedException {
		Assert.state(latch.await(LONGEST.toSeconds(), TimeUnit.SECONDS),
				() -> "Nobody has counted down within " + LONGEST);
	}

	/**
	 * Wait for a permit.
	 * @param permits what somebody else releases
	 * @throws InterruptedException when this thread is interrupted
	 */
	public static void acquire(Semaphore permits) throws InterruptedException {
		Assert.state(permits.tryAcquire(LONGEST.toSeconds(), TimeUnit.SECONDS),
				() -> "Nobody has released a permit within " + LONGEST);
	}

	/**
	 * Wait for the end of a thread.
	 * @param thread the thread
	 * @throws InterruptedException when this thread is interrupted
	 */
	public static void join(Thread thread) throws InterruptedException {
		thread.join(LONGEST.toMillis());
		assertThat(thread.isAlive()).as("%s is alive", thread).isFalse();
	}

	/**
	 * Wait until all have succeeded.
	 * @param futures what somebody else completes
	 */
	public static void join(Collection<? extends CompletableFuture<?>> futures) {
		assertThat(CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new))).succeedsWithin(LONGEST);
	}

}
