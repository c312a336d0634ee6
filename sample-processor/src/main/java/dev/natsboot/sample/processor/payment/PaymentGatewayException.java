package dev.natsboot.sample.processor.payment;

import org.jspecify.annotations.Nullable;

/**
 * A call of the gateway failed: the customers may or may not have been charged.
 */
@SuppressWarnings("serial")
public class PaymentGatewayException extends RuntimeException {

	PaymentGatewayException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
