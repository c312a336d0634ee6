package dev.natsboot.actuate;

import java.util.function.Supplier;

import dev.natsboot.deadletter.DeadLetterException;
import dev.natsboot.deadletter.DeadLetterNotFoundException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * {@link NatsDeadLettersEndpoint} over HTTP: what is wrong with a request is 400, a dead
 * letter that isn't there 404, what NATS refuses 409, and 503 when it doesn't answer,
 * each with a body that says why.
 */
@EndpointWebExtension(endpoint = NatsDeadLettersEndpoint.class)
public class NatsDeadLettersEndpointWebExtension {

	private static final int CONFLICT = 409;

	private final NatsDeadLettersEndpoint delegate;

	/**
	 * Create an extension.
	 * @param delegate the endpoint
	 */
	public NatsDeadLettersEndpointWebExtension(NatsDeadLettersEndpoint delegate) {
		this.delegate = delegate;
	}

	/**
	 * Send a dead letter back.
	 * @param id identifies it
	 * @param action {@code redrive}
	 * @param subject where to send it, or {@code null} for its original subject
	 * @return where it is now, or the error
	 */
	@WriteOperation
	public WebEndpointResponse<OperationResponseBody> redrive(@Selector String id, String action,
			@Nullable String subject) {
		return respond(() -> this.delegate.redrive(id, action, subject));
	}

	/**
	 * Send dead letters back.
	 * @param action {@code redrive}
	 * @param all {@code true} for all, where nothing else says which
	 * @param subject the original subject, with wildcards; {@code null} for all
	 * @param listener the id of the listener that gave up; {@code null} for all
	 * @param exception the exception's class, with or without package; {@code null} for
	 * all
	 * @param rate how many per second, 0 for no limit; {@code null} for the configured
	 * rate
	 * @return what became of them, or the error
	 */
	@WriteOperation
	public WebEndpointResponse<OperationResponseBody> redriveAll(String action, @Nullable Boolean all,
			@Nullable String subject, @Nullable String listener, @Nullable String exception, @Nullable Integer rate) {
		return respond(() -> this.delegate.redriveAll(action, all, subject, listener, exception, rate));
	}

	/**
	 * Delete a dead letter.
	 * @param id identifies it
	 * @return how many were deleted: one, or none; or the error
	 */
	@DeleteOperation
	public WebEndpointResponse<OperationResponseBody> drop(@Selector String id) {
		return respond(() -> this.delegate.drop(id));
	}

	/**
	 * Delete dead letters.
	 * @param all {@code true} for all, where nothing else says which
	 * @param subject the original subject, with wildcards; {@code null} for all
	 * @param listener the id of the listener that gave up; {@code null} for all
	 * @param exception the exception's class, with or without package; {@code null} for
	 * all
	 * @return what became of them, or the error
	 */
	@DeleteOperation
	public WebEndpointResponse<OperationResponseBody> dropAll(@Nullable Boolean all, @Nullable String subject,
			@Nullable String listener, @Nullable String exception) {
		return respond(() -> this.delegate.dropAll(all, subject, listener, exception));
	}

	private static WebEndpointResponse<OperationResponseBody> respond(Supplier<OperationResponseBody> operation) {
		try {
			return new WebEndpointResponse<>(operation.get());
		}
		catch (InvalidEndpointRequestException ex) {
			return error(ex.getReason(), WebEndpointResponse.STATUS_BAD_REQUEST);
		}
		catch (DeadLetterNotFoundException ex) {
			return error(ex.getMessage(), WebEndpointResponse.STATUS_NOT_FOUND);
		}
		catch (DeadLetterException ex) {
			return error(ex.getMessage(),
					(ex.getApiErrorCode() != 0) ? CONFLICT : WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE);
		}
	}

	private static WebEndpointResponse<OperationResponseBody> error(@Nullable String reason, int status) {
		return new WebEndpointResponse<>(new NatsEndpointWebExtension.Failure(reason), status);
	}

}
