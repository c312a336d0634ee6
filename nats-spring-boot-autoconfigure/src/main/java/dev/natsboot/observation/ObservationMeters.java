package dev.natsboot.observation;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

/**
 * The meters of all observations that have the same name and the same low-cardinality key
 * values.
 */
final class ObservationMeters {

	private final Map<String, Timer> failed = new ConcurrentHashMap<>();

	private final MeterRegistry registry;

	private final String name;

	private final Tags tags;

	private volatile @Nullable Timer succeeded;

	private volatile @Nullable LongTaskTimer active;

	ObservationMeters(MeterRegistry registry, String name, KeyValues values) {
		this.registry = registry;
		this.name = name;
		this.tags = Tags.of(values.stream().map((value) -> Tag.of(value.getKey(), value.getValue())).toList());
	}

	/**
	 * What times those that are over.
	 */
	Timer timer(@Nullable Throwable error) {
		if (error != null) {
			return this.failed.computeIfAbsent(error.getClass().getSimpleName(), this::timer);
		}
		Timer timer = this.succeeded;
		if (timer == null) {
			timer = timer(KeyValue.NONE_VALUE);
			this.succeeded = timer;
		}
		return timer;
	}

	private Timer timer(String error) {
		return this.registry.timer(this.name, this.tags.and("error", error));
	}

	/**
	 * What times those that are running.
	 */
	LongTaskTimer active() {
		LongTaskTimer timer = this.active;
		if (timer == null) {
			timer = this.registry.more().longTaskTimer(this.name + ".active", this.tags);
			this.active = timer;
		}
		return timer;
	}

}
