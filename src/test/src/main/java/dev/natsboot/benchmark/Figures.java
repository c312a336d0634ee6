package dev.natsboot.benchmark;

import java.util.List;
import java.util.function.ToDoubleFunction;

import dev.natsboot.benchmark.program.Sample;

/**
 * One figure of all samples of one side.
 *
 * @param median the median
 * @param least the least
 * @param most the most
 */
record Figures(double median, double least, double most) {

	static Figures of(List<Sample> samples, ToDoubleFunction<Sample> figure) {
		double[] sorted = samples.stream().mapToDouble(figure).sorted().toArray();
		int middle = sorted.length / 2;
		double median = (sorted.length % 2 == 1) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
		return new Figures(median, sorted[0], sorted[sorted.length - 1]);
	}

}
