package dev.natsboot.core;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes durations as they are written in properties.
 */
public final class Durations {

	private static final Map<String, Duration> UNITS = new LinkedHashMap<>();

	static {
		UNITS.put("d", Duration.ofDays(1));
		UNITS.put("h", Duration.ofHours(1));
		UNITS.put("m", Duration.ofMinutes(1));
		UNITS.put("s", Duration.ofSeconds(1));
		UNITS.put("ms", Duration.ofMillis(1));
	}

	private Durations() {
	}

	/**
	 * Write a duration.
	 * @param duration the duration
	 * @return its number of the largest unit that leaves no rest, for example 90s
	 */
	public static String text(Duration duration) {
		if (duration.isZero()) {
			return "0s";
		}
		for (Map.Entry<String, Duration> unit : UNITS.entrySet()) {
			long count = duration.dividedBy(unit.getValue());
			if (unit.getValue().multipliedBy(count).equals(duration)) {
				return count + unit.getKey();
			}
		}
		return duration.toNanos() + "ns";
	}

}
