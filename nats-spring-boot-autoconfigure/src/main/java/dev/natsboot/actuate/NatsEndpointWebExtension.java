package dev.natsboot.actuate;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * {@link NatsEndpoint} over HTTP: an unknown id is 404 and an unknown action 400, each
 * with a body that says what there is.
 */
@EndpointWebExtension(endpoint = NatsEndpoint.class)
public class NatsEndpointWebExtension {

	private final NatsEndpoint delegate;

	/**
	 * Create an extension.
	 * @param delegate the endpoint
	 */
	public NatsEndpointWebExtension(NatsEndpoint delegate) {
		this.delegate = delegate;
	}

	/**
	 * Start, stop, pause or resume a listener or a request handler.
	 * @param id its id
	 * @param action {@code start}, {@code stop}, {@code pause} or {@code resume}
	 * @return the listener or request handler afterwards, or the error
	 */
	@WriteOperation
	public WebEndpointResponse<OperationResponseBody> control(@Selector String id, String action) {
		try {
			return new WebEndpointResponse<>(this.delegate.control(id, action));
		}
		catch (NatsEndpoint.UnknownIdException ex) {
			return error(ex, WebEndpointResponse.STATUS_NOT_FOUND);
		}
		catch (InvalidEndpointRequestException ex) {
			return error(ex, WebEndpointResponse.STATUS_BAD_REQUEST);
		}
	}

	private static WebEndpointResponse<OperationResponseBody> error(InvalidEndpointRequestException ex, int status) {
		return new WebEndpointResponse<>(new Failure(ex.getReason()), status);
	}

	/**
	 * Why nothing was done.
	 *
	 * @param error the reason
	 */
	record Failure(@Nullable String error) implements OperationResponseBody {
	}

}
