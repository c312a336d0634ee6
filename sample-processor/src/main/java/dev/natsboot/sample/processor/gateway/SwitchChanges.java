package dev.natsboot.sample.processor.gateway;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.PositiveOrZero;
import org.jspecify.annotations.Nullable;

/**
 * Changes to the {@link Switches}; what is absent stays as it is.
 *
 * @param declineRate share of orders that are declined
 * @param failureRate share of calls that fail
 * @param throttled whether calls are answered with status 429
 * @param outage whether calls are answered with status 503
 * @param latency how long a call takes at least, in milliseconds
 */
record SwitchChanges(@DecimalMin("0") @DecimalMax("1") @Nullable Double declineRate,
		@DecimalMin("0") @DecimalMax("1") @Nullable Double failureRate, @Nullable Boolean throttled,
		@Nullable Boolean outage, @PositiveOrZero @Nullable Integer latency) {

	Switches applyTo(Switches switches) {
		return new Switches(either(this.declineRate, switches.declineRate()),
				either(this.failureRate, switches.failureRate()), either(this.throttled, switches.throttled()),
				either(this.outage, switches.outage()), either(this.latency, switches.latency()));
	}

	private static <T> T either(@Nullable T change, T current) {
		return (change != null) ? change : current;
	}

}
