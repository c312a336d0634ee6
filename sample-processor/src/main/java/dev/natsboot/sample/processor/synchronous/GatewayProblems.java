package dev.natsboot.sample.processor.synchronous;

import dev.natsboot.sample.processor.payment.GatewayUnavailableException;
import dev.natsboot.sample.processor.payment.PaymentGatewayException;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Passes on what is wrong with the payment gateway, in the format of RFC 9457: status 503
 * when it takes no charges at present, 502 when it isn't known what it did. Either may be
 * repeated.
 */
@RestControllerAdvice
class GatewayProblems {

	@ExceptionHandler
	ResponseEntity<ProblemDetail> onUnavailable(GatewayUnavailableException ex) {
		return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
			.header(HttpHeaders.RETRY_AFTER, "1")
			.body(problem(HttpStatus.SERVICE_UNAVAILABLE, ex.getMessage()));
	}

	@ExceptionHandler
	ProblemDetail onFailure(PaymentGatewayException ex) {
		return problem(HttpStatus.BAD_GATEWAY, ex.getMessage());
	}

	private static ProblemDetail problem(HttpStatus status, @Nullable String detail) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
		problem.setTitle("Orders not paid");
		return problem;
	}

}
