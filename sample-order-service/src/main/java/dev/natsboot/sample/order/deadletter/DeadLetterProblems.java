package dev.natsboot.sample.order.deadletter;

import dev.natsboot.connection.NatsNotConnectedException;
import dev.natsboot.deadletter.DeadLetterException;
import dev.natsboot.deadletter.DeadLetterNotFoundException;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Tells in the format of RFC 9457 why a dead letter stays.
 */
@RestControllerAdvice(assignableTypes = DeadLetterController.class)
class DeadLetterProblems {

	@ExceptionHandler
	ProblemDetail onNotFound(DeadLetterNotFoundException ex) {
		return problem(HttpStatus.NOT_FOUND, "No such dead letter", ex.getMessage());
	}

	@ExceptionHandler
	ProblemDetail onRefused(DeadLetterException ex) {
		boolean refused = ex.getApiErrorCode() != 0;
		ProblemDetail problem = problem(refused ? HttpStatus.CONFLICT : HttpStatus.SERVICE_UNAVAILABLE,
				"Dead letter not sent back", ex.getMessage());
		if (refused) {
			problem.setProperty("code", ex.getApiErrorCode());
		}
		return problem;
	}

	@ExceptionHandler
	ProblemDetail onNotConnected(NatsNotConnectedException ex) {
		return problem(HttpStatus.SERVICE_UNAVAILABLE, "NATS is not connected", ex.getMessage());
	}

	@ExceptionHandler
	ProblemDetail onBadId(IllegalArgumentException ex) {
		return problem(HttpStatus.BAD_REQUEST, "Invalid request", ex.getMessage());
	}

	private static ProblemDetail problem(HttpStatus status, String title, @Nullable String detail) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
		problem.setTitle(title);
		return problem;
	}

}
