package dev.natsboot.benchmark.program;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;

/**
 * Counts messages, and measures those that come after the first ones.
 */
final class Window {

	private static final int REPORT_EVERY = 2_000;

	private static final OperatingSystemMXBean SYSTEM = ManagementFactory
		.getPlatformMXBean(OperatingSystemMXBean.class);

	private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

	private final AtomicInteger count = new AtomicInteger();

	private final CountDownLatch ended = new CountDownLatch(1);

	private final int warmUp;

	private final int messages;

	private final IntConsumer progress;

	private final long[] latencies;

	private volatile Reading begin = Reading.NONE;

	private volatile Reading end = Reading.NONE;

	/**
	 * Create a window.
	 * @param progress gets the count from time to time
	 */
	Window(ProgramSettings settings, IntConsumer progress) {
		this.warmUp = settings.warmUp();
		this.messages = settings.messages();
		this.progress = progress;
		this.latencies = new long[this.messages];
	}

	/**
	 * Count a message.
	 */
	void count() {
		count(0);
	}

	/**
	 * Count a message.
	 * @param nanos how long it took
	 */
	void count(long nanos) {
		int counted = this.count.incrementAndGet();
		int measured = counted - this.warmUp;
		if (nanos > 0 && measured > 0 && measured <= this.messages) {
			this.latencies[measured - 1] = nanos;
		}
		if (measured == 0) {
			this.begin = Reading.now();
		}
		else if (measured == this.messages) {
			this.end = Reading.now();
			this.ended.countDown();
		}
		if (counted % REPORT_EVERY == 0) {
			this.progress.accept(counted);
		}
	}

	/**
	 * Whether enough was counted.
	 */
	boolean isOver() {
		return this.ended.getCount() == 0;
	}

	/**
	 * Wait for the end.
	 */
	Sample await() throws InterruptedException {
		this.ended.await();
		double seconds = (this.end.nanos - this.begin.nanos) / 1e9;
		long[] sorted = this.latencies.clone();
		Arrays.sort(sorted);
		return new Sample(this.messages / seconds, (this.end.cpuNanos - this.begin.cpuNanos) / 1e3 / this.messages,
				(double) (this.end.allocated - this.begin.allocated) / this.messages, quantile(sorted, 0.99), 0,
				THREADS.getThreadCount(), 0);
	}

	private static double quantile(long[] sorted, double quantile) {
		return sorted[(int) (quantile * (sorted.length - 1))] / 1e3;
	}

	private record Reading(long nanos, long cpuNanos, long allocated) {

		private static final Reading NONE = new Reading(0, 0, 0);

		private static Reading now() {
			long allocated = Arrays.stream(THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds()))
				.filter((bytes) -> bytes > 0)
				.sum();
			return new Reading(System.nanoTime(), SYSTEM.getProcessCpuTime(), allocated);
		}

	}

}
