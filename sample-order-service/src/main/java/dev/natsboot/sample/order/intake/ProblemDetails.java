package dev.natsboot.sample.order.intake;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.HandlerMethodValidationException;

/**
 * Tells clients what was wrong in the format of RFC 9457, naming every field; comes
 * before Spring's own handler, which names none.
 */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class ProblemDetails {

	@ExceptionHandler
	ProblemDetail onInvalid(MethodArgumentNotValidException ex) {
		return invalid(ex.getFieldErrors().stream().map(FieldProblem::of).toList());
	}

	@ExceptionHandler
	ProblemDetail onInvalid(HandlerMethodValidationException ex) {
		return invalid(ex.getParameterValidationResults()
			.stream()
			.flatMap((result) -> (result instanceof ParameterErrors errors) ? FieldProblem.of(errors)
					: FieldProblem.of(result))
			.toList());
	}

	@ExceptionHandler
	ProblemDetail onUnreadable(HttpMessageNotReadableException ex) {
		return invalid(List.of(FieldProblem.of(ex)));
	}

	@ExceptionHandler
	ProblemDetail onKeyReused(IdempotencyKeyReusedException ex) {
		return problem(HttpStatus.UNPROCESSABLE_CONTENT, "Another order has this key", ex.getMessage());
	}

	@ExceptionHandler
	ResponseEntity<ProblemDetail> onNotAcknowledged(OrdersNotAcknowledgedException ex) {
		ProblemDetail problem = problem(HttpStatus.SERVICE_UNAVAILABLE, "Order not accepted", ex.getMessage());
		problem.setProperty("accepted", ex.getAccepted());
		return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).header("Retry-After", "1").body(problem);
	}

	private static ProblemDetail invalid(List<FieldProblem> errors) {
		ProblemDetail problem = problem(HttpStatus.BAD_REQUEST, "Invalid request",
				String.join("; ", errors.stream().map(FieldProblem::toString).toList()));
		problem.setProperty("errors", errors);
		return problem;
	}

	private static ProblemDetail problem(HttpStatus status, String title, @Nullable String detail) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
		problem.setTitle(title);
		return problem;
	}

}
