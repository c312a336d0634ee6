package dev.natsboot.listener;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * A queue of received messages and the workers that empty it. A worker takes a thread
 * only while there is something to do, so an idle listener holds none; with one worker
 * messages keep their order.
 * <p>
 * The queue isn't a LinkedTransferQueue, whose timed poll can spin for ever on Java 17.
 */
final class Workers {

	private static final Log logger = LogFactory.getLog(Workers.class);

	private static final int MOST_HELD = 64;

	private final BlockingQueue<Delivery> queue = new LinkedBlockingQueue<>();

	private final AtomicInteger active = new AtomicInteger();

	private volatile boolean held;

	private volatile boolean ended;

	private final Map<Thread, Integer> threads = new ConcurrentHashMap<>();

	private final int concurrency;

	private final Executor executor;

	private final Consumer<Workers> work;

	/**
	 * Create workers.
	 * @param work takes deliveries with {@link #poll()} until there are none
	 */
	Workers(int concurrency, Executor executor, Consumer<Workers> work) {
		this.concurrency = concurrency;
		this.executor = executor;
		this.work = work;
	}

	void offer(Delivery delivery) {
		this.queue.add(delivery);
		if (!this.held || this.queue.size() >= MOST_HELD) {
			startOne();
		}
	}

	/**
	 * Take back what was offered.
	 * @return whether no worker has taken it, and nobody has drained it
	 */
	boolean withdraw(Delivery delivery) {
		return this.queue.remove(delivery);
	}

	/**
	 * While more is about to be offered no worker is started for a few deliveries: to
	 * start one takes longer than to receive them. Who held them has to
	 * {@link #release()} them.
	 */
	void hold() {
		this.held = true;
	}

	/**
	 * Nothing more is about to be offered.
	 */
	void release() {
		this.held = false;
		wake();
	}

	/**
	 * Begin nothing any more: what is here and what still comes waits to be taken back
	 * with {@link #drain()}.
	 */
	void end() {
		this.ended = true;
	}

	/**
	 * Start as many workers as there is something to do for.
	 */
	void wake() {
		for (int i = Math.min(this.queue.size(), this.concurrency); i > 0; i--) {
			startOne();
		}
	}

	@Nullable Delivery poll() {
		return this.ended ? null : this.queue.poll();
	}

	/**
	 * Take what is there.
	 * @param most how many deliveries to take at the most
	 */
	void poll(List<Delivery> deliveries, int most) {
		if (!this.ended) {
			this.queue.drainTo(deliveries, most);
		}
	}

	/**
	 * Take all that no worker has taken, at once: what a worker took came before it.
	 */
	List<Delivery> drain() {
		List<Delivery> waiting = new ArrayList<>();
		this.queue.drainTo(waiting);
		return waiting;
	}

	/**
	 * Wait for the next delivery.
	 * @return the delivery, or {@code null} when none came in time, the workers have
	 * ended before, or the thread was interrupted
	 */
	@Nullable Delivery poll(Duration timeout) {
		try {
			return this.ended ? null : this.queue.poll(timeout.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return null;
		}
	}

	/**
	 * The current worker handles that many deliveries at once.
	 */
	void handling(int deliveries) {
		this.threads.put(Thread.currentThread(), deliveries);
	}

	/**
	 * How many deliveries a thread is handling, 0 when it is none of these workers.
	 */
	int handledBy(Thread thread) {
		return this.threads.getOrDefault(thread, 0);
	}

	private void startOne() {
		int running = this.active.get();
		while (running < this.concurrency && !this.ended) {
			if (this.active.compareAndSet(running, running + 1)) {
				execute();
				return;
			}
			running = this.active.get();
		}
	}

	private void execute() {
		try {
			this.executor.execute(this::run);
		}
		catch (RuntimeException | Error ex) {
			this.active.decrementAndGet();
			logger.error("A worker of a listener got no thread, trying again later", ex);
		}
	}

	private void run() {
		handling(1);
		try {
			this.work.accept(this);
		}
		finally {
			this.threads.remove(Thread.currentThread());
			this.active.decrementAndGet();
			wake();
		}
	}

}
