package dev.natsboot.testsupport;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import com.sun.management.ThreadMXBean;

/**
 * What the threads of this JVM have allocated since this was created. Java 17 tells it
 * for each thread, as long as the thread lives.
 */
public final class AllocatedBytes {

	private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

	private final Map<Long, Long> before = ofEachThread();

	/**
	 * Sum up. A thread that has ended meanwhile counts for nothing, also not with what it
	 * had allocated before.
	 * @param others the threads whose bytes don't count
	 * @return the bytes
	 */
	public long sum(Set<Long> others) {
		Map<Long, Long> now = ofEachThread();
		now.keySet().removeAll(others);
		return now.entrySet()
			.stream()
			.mapToLong((thread) -> thread.getValue() - this.before.getOrDefault(thread.getKey(), 0L))
			.filter((bytes) -> bytes > 0)
			.sum();
	}

	/**
	 * Return the threads of this JVM.
	 * @return their ids
	 */
	public static Set<Long> threads() {
		return Arrays.stream(THREADS.getAllThreadIds()).boxed().collect(Collectors.toSet());
	}

	private static Map<Long, Long> ofEachThread() {
		return threads().stream().collect(Collectors.toMap((thread) -> thread, THREADS::getThreadAllocatedBytes));
	}

}
