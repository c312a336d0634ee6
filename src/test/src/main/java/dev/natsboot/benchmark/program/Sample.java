package dev.natsboot.benchmark.program;

/**
 * What one process measured.
 *
 * @param rate how many messages a second
 * @param cpuMicros the processor time of the process, in microseconds for each message
 * @param bytes what its living threads allocated, in bytes for each message
 * @param medianMicros the median time of a request, 0 where that isn't measured
 * @param p99Micros the time that 99 of 100 requests don't exceed, 0 where that isn't
 * measured
 * @param millis how long the start took in milliseconds, 0 where that isn't measured
 * @param threads how many threads lived in the end
 * @param heapKilobytes what was on the heap in the end, 0 where that isn't measured
 */
public record Sample(double rate, double cpuMicros, double bytes, double medianMicros, double p99Micros, double millis,
		int threads, long heapKilobytes) {

}
