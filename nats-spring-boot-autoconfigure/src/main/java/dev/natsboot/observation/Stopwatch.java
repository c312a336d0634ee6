package dev.natsboot.observation;

import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Tells how long something was running where no long task timer does.
 */
final class Stopwatch extends LongTaskTimer.Sample {

	private final LongTaskTimer.@Nullable Sample running;

	private final Clock clock;

	private final long started;

	/**
	 * Start it.
	 * @param registry whose clock it reads
	 * @param running what is stopped with it, or {@code null}
	 */
	Stopwatch(MeterRegistry registry, LongTaskTimer.@Nullable Sample running) {
		this.running = running;
		this.clock = registry.config().clock();
		this.started = this.clock.monotonicTime();
	}

	@Override
	public long stop() {
		long nanos = nanos();
		if (this.running != null) {
			this.running.stop();
		}
		return nanos;
	}

	@Override
	public double duration(TimeUnit unit) {
		return nanos() / (double) unit.toNanos(1);
	}

	private long nanos() {
		return this.clock.monotonicTime() - this.started;
	}

}
