package dev.natsboot.sample.processor.payment;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.slf4j.MDC;

/**
 * Measures how long orders take from the intake to the result of the payment. In the
 * scrape: {@code order_processing_duration_seconds{status}} with ten buckets from 0.01
 * doubling, and {@code order_processing_errors_total}.
 */
class PaymentMetrics {

	private static final Log logger = LogFactory.getLog(PaymentMetrics.class);

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
			if (result.status() == PaymentStatus.FAILED) {
				logDeclined(result);
			}
		}
	}

	void failed(int orders) {
		this.errors.increment(orders);
	}

	private Timer timer(PaymentResult result) {
		return (result.status() == PaymentStatus.PAID) ? this.paid : this.failed;
	}

	private static void logDeclined(PaymentResult result) {
		try (MDC.MDCCloseable message = MDC.putCloseable("message_id", result.orderMessageId());
				MDC.MDCCloseable order = MDC.putCloseable("order_id", result.orderId())) {
			logger.info("Payment declined for order " + result.orderId());
		}
	}

	private static Timer duration(MeterRegistry registry, PaymentStatus status) {
		return Timer.builder("order.processing.duration")
			.description("Time from the intake of an order to the result of its payment")
			.tag("status", status.name().toLowerCase(Locale.ROOT))
			.serviceLevelObjectives(BUCKETS)
			.register(registry);
	}

}
