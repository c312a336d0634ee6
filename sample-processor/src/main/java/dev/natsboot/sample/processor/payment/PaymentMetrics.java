package dev.natsboot.sample.processor.payment;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * Measures how long orders take from the intake to the result of the payment. In the
 * scrape: {@code order_processing_duration_seconds{status}} with ten buckets from 0.01
 * doubling, and {@code order_processing_errors_total}.
 */
class PaymentMetrics {

	private static final Duration[] BUCKETS = IntStream.range(0, 10)
		.mapToObj((i) -> Duration.ofMillis(10L << i))
		.toArray(Duration[]::new);

	private final Timer paid;

	private final Timer failed;

	private final Counter errors;

	PaymentMetrics(MeterRegistry registry) {
		this.paid = duration(registry, PaymentStatus.PAID);
		this.failed = duration(registry, PaymentStatus.FAILED);
		this.errors = Counter.builder("order.processing.errors")
			.description("Attempts to process an order that failed and are retried")
			.register(registry);
	}

	void settled(List<PaymentResult> results) {
		Instant now = Instant.now();
		for (PaymentResult result : results) {
			timer(result).record(Duration.between(result.orderedAt(), now));
		}
	}

	void failed(int orders) {
		this.errors.increment(orders);
	}

	private Timer timer(PaymentResult result) {
		return (result.status() == PaymentStatus.PAID) ? this.paid : this.failed;
	}

	private static Timer duration(MeterRegistry registry, PaymentStatus status) {
		return Timer.builder("order.processing.duration")
			.description("Time from the intake of an order to the result of its payment")
			.tag("status", status.name().toLowerCase(Locale.ROOT))
			.serviceLevelObjectives(BUCKETS)
			.register(registry);
	}

}
