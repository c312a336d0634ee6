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
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.noop.NoopMeter;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * The meters of all observations that have the same name and the same low-cardinality key
 * values.
 */
final class ObservationMeters {

	private final Map<String, Timer> failed = new ConcurrentHashMap<>();

	private final MeterRegistry registry;

	private final String name;

	private final String description;

	private final KeyValues values;

	private final Tags tags;

	private volatile @Nullable Timer succeeded;

	private volatile @Nullable LongTaskTimer active;

	ObservationMeters(MeterRegistry registry, String name, String description, KeyValues values) {
		this.registry = registry;
		this.name = name;
		this.description = description;
		this.values = values;
		this.tags = Tags.of(values.stream().map((value) -> Tag.of(value.getKey(), value.getValue())).toList());
	}

	boolean areFor(Observation.Context context) {
		return this.name.equals(context.getName()) && this.values.equals(context.getLowCardinalityKeyValues());
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
		return Timer.builder(this.name)
			.description(this.description)
			.tags(this.tags.and("error", error))
			.register(this.registry);
	}

	/**
	 * Begin to time one that is running.
	 * @return what tells how long it was running when it is stopped
	 */
	LongTaskTimer.Sample start() {
		LongTaskTimer timer = active();
		LongTaskTimer.Sample running = timer.start();
		return tellsTime(timer) ? running : new Stopwatch(this.registry, running);
	}

	/**
	 * A timer that a filter denies tells nothing, and one that is composed of others the
	 * time of any of them.
	 */
	private boolean tellsTime(LongTaskTimer timer) {
		return !(timer instanceof NoopMeter || this.registry instanceof CompositeMeterRegistry);
	}

	private LongTaskTimer active() {
		LongTaskTimer timer = this.active;
		if (timer == null) {
			timer = LongTaskTimer.builder(this.name + ".active")
				.description(this.description + ", of those that have begun and aren't over")
				.tags(this.tags)
				.register(this.registry);
			this.active = timer;
		}
		return timer;
	}

}
