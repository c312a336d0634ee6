package dev.natsboot.casestudy;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The processor time that each part of the system has used.
 *
 * @param times the time by the name of the part
 */
record Usage(Map<String, Duration> times) {

	static Usage of(Map<String, Stream<ProcessHandle>> processes) {
		Map<String, Duration> times = new LinkedHashMap<>();
		processes.forEach((name, handles) -> times.put(name,
				handles.map((process) -> process.info().totalCpuDuration())
					.flatMap(Optional::stream)
					.reduce(Duration.ZERO, Duration::plus)));
		return new Usage(times);
	}

	/**
	 * Share what was used since then between orders.
	 * @param before an earlier look at the same processes
	 * @param orders how many orders there were in between
	 * @return the microseconds for each order, by the name of the part
	 */
	Map<String, Double> microsPerOrder(Usage before, int orders) {
		Map<String, Double> micros = new LinkedHashMap<>();
		this.times.forEach((name, time) -> {
			Duration used = time.minus(before.times.getOrDefault(name, Duration.ZERO));
			micros.put(name, Figures.rounded(used.toNanos() / 1000.0 / orders));
		});
		return micros;
	}

}
