package dev.natsboot.sample.processor.payment;

import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.slf4j.MDC;

/**
 * Writes one line for each payment, at debug level. With the profile {@code json-logs}
 * the ids are fields of their own.
 */
final class PaymentLog {

	private static final Log logger = LogFactory.getLog(PaymentLog.class);

	private PaymentLog() {
	}

	static void settled(List<PaymentResult> results) {
		if (logger.isDebugEnabled()) {
			results.forEach(PaymentLog::settled);
		}
	}

	private static void settled(PaymentResult result) {
		try (MDC.MDCCloseable message = MDC.putCloseable("message_id", result.orderMessageId());
				MDC.MDCCloseable order = MDC.putCloseable("order_id", result.orderId())) {
			logger.debug("Payment of order %s: %s".formatted(result.orderId(), result.status()));
		}
	}

}
