package dev.natsboot.connection;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReplyCallbacksTests {

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final ReplyCallbacks queue = new ReplyCallbacks(this.threads::execute, true);

	@AfterEach
	void close() {
		this.threads.shutdown();
	}

	@Test
	void blockedTasksKeepNoOtherFromRunning() throws Exception {
		CountDownLatch release = new CountDownLatch(1);
		for (int round = 0; round < 3; round++) {
			CountDownLatch started = new CountDownLatch(100);
			for (int i = 0; i < 100; i++) {
				this.queue.execute(() -> {
					started.countDown();
					await(release);
				});
			}
			assertThat(started.await(5, TimeUnit.SECONDS)).isTrue();
		}
		CompletableFuture<Void> further = new CompletableFuture<>();
		this.queue.execute(() -> further.complete(null));
		assertThat(further).succeedsWithin(Duration.ofSeconds(10));
		release.countDown();
	}

	@Test
	void singleTaskBehindBlockedOnesRuns() {
		CountDownLatch release = new CountDownLatch(1);
		int base = Math.max(2, Runtime.getRuntime().availableProcessors());
		for (int i = 0; i < base; i++) {
			this.queue.execute(() -> await(release));
		}
		CompletableFuture<Void> last = new CompletableFuture<>();
		this.queue.execute(() -> last.complete(null));
		assertThat(last).succeedsWithin(Duration.ofSeconds(10));
		release.countDown();
	}

	@Test
	void manyQuickTasksNeedFewThreads() throws Exception {
		Set<Thread> threads = ConcurrentHashMap.newKeySet();
		CountDownLatch done = new CountDownLatch(200_000);
		for (int i = 0; i < 200_000; i++) {
			this.queue.execute(() -> {
				threads.add(Thread.currentThread());
				done.countDown();
			});
		}
		assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
		assertThat(threads).hasSizeLessThan(64);
	}

	@Test
	void tasksGivenAfterTheEndRunOnTheCallersThread() {
		this.threads.shutdown();
		CompletableFuture<Thread> thread = new CompletableFuture<>();
		this.queue.execute(() -> thread.complete(Thread.currentThread()));
		assertThat(thread).isCompletedWithValue(Thread.currentThread());
	}

	@Test
	void taskRunsOnTheCallersThreadWhenNoThreadIsGiven() {
		assertRunsOnTheCallersThread((task) -> {
			throw new RejectedExecutionException("expected by the test");
		});
	}

	@Test
	void taskRunsOnTheCallersThreadWhenNoThreadCanBeStarted() {
		assertRunsOnTheCallersThread((task) -> {
			throw new InternalError("expected by the test");
		});
	}

	private static void assertRunsOnTheCallersThread(Executor none) {
		ReplyCallbacks rejected = new ReplyCallbacks(none, true);
		for (int i = 0; i < 3; i++) {
			CompletableFuture<Thread> thread = new CompletableFuture<>();
			rejected.execute(() -> thread.complete(Thread.currentThread()));
			assertThat(thread).isCompletedWithValue(Thread.currentThread());
		}
	}

	@Test
	void taskWaitsForOneOfFewThreads() throws Exception {
		ExecutorService single = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new SynchronousQueue<>());
		try {
			ReplyCallbacks few = new ReplyCallbacks(single, true);
			CountDownLatch release = new CountDownLatch(1);
			CountDownLatch done = new CountDownLatch(10);
			few.execute(() -> await(release));
			for (int i = 0; i < 10; i++) {
				few.execute(done::countDown);
			}
			assertThat(done.getCount()).isEqualTo(10);
			release.countDown();
			assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
		}
		finally {
			single.shutdown();
		}
	}

	@Test
	void interruptThatATaskLeavesBehindIsNotTheNextOnes() {
		ExecutorService single = Executors.newSingleThreadExecutor();
		try {
			ReplyCallbacks one = new ReplyCallbacks(single, true);
			CountDownLatch bothGiven = new CountDownLatch(1);
			CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
			one.execute(() -> {
				await(bothGiven);
				Thread.currentThread().interrupt();
			});
			one.execute(() -> interrupted.complete(Thread.currentThread().isInterrupted()));
			bothGiven.countDown();
			assertThat(interrupted).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(false);
		}
		finally {
			single.shutdown();
		}
	}

	@Test
	void interruptOfTheCallerOutlivesWhatRunsOnItsThread() {
		List<Executor> onTheCallersThread = List.of(Runnable::run, (task) -> {
			throw new RejectedExecutionException("expected by the test");
		});
		for (Executor executor : onTheCallersThread) {
			new ReplyCallbacks(executor, true).execute(() -> Thread.currentThread().interrupt());
			assertThat(Thread.interrupted()).isTrue();
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
