package dev.natsboot.sample.order.synchronous;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * The processor didn't settle the orders of a request, or it isn't known whether it did.
 * The answer has the format of RFC 9457.
 */
@SuppressWarnings("serial")
final class OrdersNotSettledException extends ErrorResponseException {

	private OrdersNotSettledException(HttpStatus status, Throwable cause) {
		super(status, problem(status, cause), cause);
	}

	/**
	 * Nobody settles orders at present.
	 * @param cause why
	 * @return status 503, to be tried again after a second
	 */
	static OrdersNotSettledException unavailable(Throwable cause) {
		OrdersNotSettledException exception = new OrdersNotSettledException(HttpStatus.SERVICE_UNAVAILABLE, cause);
		exception.getHeaders().set(HttpHeaders.RETRY_AFTER, "1");
		return exception;
	}

	/**
	 * Something is wrong with the processor, or with what it depends on.
	 * @param cause what
	 * @return status 502
	 */
	static OrdersNotSettledException failed(Throwable cause) {
		return new OrdersNotSettledException(HttpStatus.BAD_GATEWAY, cause);
	}

	private static ProblemDetail problem(HttpStatus status, Throwable cause) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, cause.getMessage());
		problem.setTitle("Orders not settled");
		return problem;
	}

}
