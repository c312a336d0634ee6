package dev.natsboot.sample.processor.payment;

/**
 * The gateway can't be reached, is out of order or throttles: asking it for other orders
 * would end the same.
 */
@SuppressWarnings("serial")
public class GatewayUnavailableException extends PaymentGatewayException {

	GatewayUnavailableException(String message, Throwable cause) {
		super(message, cause);
	}

}
