package dev.natsboot.benchmark;

import java.util.function.ToDoubleFunction;

import dev.natsboot.benchmark.program.Sample;

/**
 * A figure of a sample.
 */
enum Measure {

	/** Messages a second. */
	RATE("messages/s", Sample::rate),

	/** 99th percentile of requests. */
	P99("µs, p99", Sample::p99Micros),

	/** Time from the JVM's start. */
	START("ms", Sample::millis),

	/** Time from the server's return to the first message. */
	RECOVERY("ms to the first message", Sample::millis),

	/** What is allocated for a message. */
	BYTES("B allocated", Sample::bytes),

	/** Living threads. */
	THREADS("threads", Sample::threads),

	/** What is on the heap after a collection. */
	HEAP("KiB of heap", Sample::heapKilobytes);

	private final String unit;

	private final ToDoubleFunction<Sample> figure;

	Measure(String unit, ToDoubleFunction<Sample> figure) {
		this.unit = unit;
		this.figure = figure;
	}

	String unit() {
		return this.unit;
	}

	double of(Sample sample) {
		return this.figure.applyAsDouble(sample);
	}

}
