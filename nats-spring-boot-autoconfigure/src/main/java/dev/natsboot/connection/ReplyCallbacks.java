package dev.natsboot.connection;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Runs what depends on replies on threads that may block, and on few of them: a thread
 * per processor is enough for tens of thousands of quick callbacks a second. While some
 * wait it looks every few milliseconds whether they are being taken, and takes further
 * threads when they are not: no blocked callback keeps others from running. Where no
 * thread is given at all a callback runs on the caller's, better than never.
 */
public final class ReplyCallbacks implements Executor {

	private static final Log logger = LogFactory.getLog(ReplyCallbacks.class);

	private static final int BASE = Math.max(2, Runtime.getRuntime().availableProcessors());

	private static final Executor SOON = CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS, Runnable::run);

	private final Executor threads;

	private final boolean anyThread;

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	private final AtomicInteger drainers = new AtomicInteger();

	private final AtomicLong given = new AtomicLong();

	private final AtomicLong taken = new AtomicLong();

	private final AtomicBoolean watching = new AtomicBoolean();

	private volatile long takenBefore;

	/**
	 * Create it.
	 * @param threads gives threads, each for as long as there is something to run
	 * @param anyThread whether callbacks may as well run on another thread that may
	 * block, {@code false} where it has to be one of these
	 */
	public ReplyCallbacks(Executor threads, boolean anyThread) {
		this.threads = threads;
		this.anyThread = anyThread;
	}

	boolean isAnyThread() {
		return this.anyThread;
	}

	@Override
	public void execute(Runnable task) {
		this.given.incrementAndGet();
		this.tasks.add(task);
		try {
			if (!startDrainer(BASE)) {
				watchIfWaiting();
			}
		}
		catch (RejectedExecutionException ex) {
			logger.debug("No further thread for callbacks", ex);
			drainHereIfNobodyElseDoes();
		}
	}

	private void drainHereIfNobodyElseDoes() {
		if (this.drainers.compareAndSet(0, 1)) {
			drain(false);
		}
		else {
			watchIfWaiting();
		}
	}

	/**
	 * Take a thread more.
	 * @return {@code false} when there are enough
	 */
	private boolean startDrainer(int limit) throws RejectedExecutionException {
		for (int now = this.drainers.get(); now < limit; now = this.drainers.get()) {
			if (this.drainers.compareAndSet(now, now + 1)) {
				startDrainer();
				return true;
			}
		}
		return false;
	}

	private void startDrainer() throws RejectedExecutionException {
		Drainer drainer = new Drainer();
		try {
			this.threads.execute(drainer);
			drainer.caller = null;
		}
		catch (RejectedExecutionException ex) {
			this.drainers.decrementAndGet();
			throw ex;
		}
		catch (Error ex) {
			this.drainers.decrementAndGet();
			throw new RejectedExecutionException("No thread could be started", ex);
		}
	}

	private void drain(boolean ownThread) {
		try {
			for (Runnable task = this.tasks.poll(); task != null; task = this.tasks.poll()) {
				this.taken.incrementAndGet();
				run(task, ownThread);
			}
		}
		finally {
			this.drainers.decrementAndGet();
			takeCareOfLatecomers();
		}
	}

	/**
	 * An interrupt that a task leaves behind would be the next one's. The caller's thread
	 * keeps it: it may be meant for the caller.
	 */
	private static void run(Runnable task, boolean ownThread) {
		try {
			task.run();
		}
		finally {
			if (ownThread) {
				Thread.interrupted();
			}
		}
	}

	/**
	 * Those that came after this drainer saw an empty queue and before it was gone.
	 */
	private void takeCareOfLatecomers() {
		try {
			if (this.tasks.isEmpty() || startDrainer(BASE)) {
				return;
			}
		}
		catch (RejectedExecutionException ex) {
			logger.debug("No further thread for callbacks, looking again soon", ex);
		}
		watchIfWaiting();
	}

	private void watchIfWaiting() {
		if (!this.tasks.isEmpty() && this.watching.compareAndSet(false, true)) {
			this.takenBefore = this.taken.get();
			SOON.execute(this::watch);
		}
	}

	private void watch() {
		if (this.tasks.isEmpty()) {
			this.watching.set(false);
			watchIfWaiting();
			return;
		}
		long now = this.taken.get();
		long progress = now - this.takenBefore;
		if (progress < BASE) {
			int threads = this.drainers.get();
			startDrainers(threads, (progress == 0) ? Math.max(threads, BASE) : BASE);
		}
		this.takenBefore = now;
		SOON.execute(this::watch);
	}

	private void startDrainers(int present, int further) {
		long waiting = this.given.get() - this.taken.get();
		try {
			for (int i = 0; i < Math.min(waiting, further); i++) {
				startDrainer(present + further);
			}
		}
		catch (RejectedExecutionException ex) {
			logger.debug("No further thread for callbacks, looking again soon", ex);
		}
	}

	/**
	 * Knows the caller until it is out of the caller's hands: some executors run a task
	 * on the thread that gives it.
	 */
	private final class Drainer implements Runnable {

		private volatile @Nullable Thread caller = Thread.currentThread();

		@Override
		public void run() {
			drain(Thread.currentThread() != this.caller);
		}

	}

}
