package dev.natsboot.benchmark.program;

/**
 * What one process measured.
 *
 * @param rate how many messages a second
 * @param cpuMicros the processor time of the process, in microseconds for each message
 * @param bytes what its living threads allocated, in bytes for each message
 * @param p99Micros the time that 99 of 100 requests don't exceed, 0 where that isn't
 * measured
 * @param millis how long the start took in milliseconds, or when the first message came,
 * 0 where that isn't measured
 * @param threads how many threads lived in the end
 * @param heapKilobytes what was on the heap in the end, 0 where that isn't measured
 */
public record Sample(double rate, double cpuMicros, double bytes, double p99Micros, double millis, int threads,
		long heapKilobytes) {

	/**
	 * A sample of allocation alone.
	 * @param bytes the bytes for each message
	 * @return the sample
	 */
	public static Sample ofBytes(double bytes) {
		return new Sample(0, 0, bytes, 0, 0, 0, 0);
	}

	/**
	 * A sample that is a time.
	 * @param millis the time in milliseconds
	 * @return the sample
	 */
	public static Sample ofMillis(double millis) {
		return new Sample(0, 0, 0, 0, millis, 0, 0);
	}

}
