package dev.natsboot.service;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

import dev.natsboot.connection.NatsConnectionManager;
import io.nats.client.Message;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.util.Assert;

/**
 * Answers requests that failed, so that the requester learns why and doesn't wait in
 * vain. A request without a reply subject gets no answer. What can't be sent is logged.
 */
public final class ErrorReplies {

	private static final Log logger = LogFactory.getLog(ErrorReplies.class);

	private static final ServiceError NO_REPLY = new ServiceError(ServiceError.INTERNAL, "Reply could not be sent");

	private static final ServiceError STOPPING = new ServiceError(ServiceError.UNAVAILABLE, "Service is stopping");

	private final String owner;

	private final ReplyChannel channel;

	private final ServiceErrorResolver errors;

	/**
	 * Create error replies.
	 * @param owner who answers, for the log: {@code listener 'orders'}, for instance
	 * @param manager the connection to answer on
	 * @param errors decides what requesters learn about failures
	 */
	public ErrorReplies(String owner, NatsConnectionManager manager, ServiceErrorResolver errors) {
		this(owner, new ReplyChannel(manager), errors);
	}

	ErrorReplies(String owner, ReplyChannel channel, ServiceErrorResolver errors) {
		this.owner = owner;
		this.channel = channel;
		this.errors = errors;
	}

	/**
	 * Answer a request whose handling failed.
	 * @param request the request
	 * @param failure why it failed; the wrappers of futures and of reflection don't count
	 * @return what was answered
	 */
	public ServiceError send(Message request, Throwable failure) {
		return send(request, resolve(unwrap(failure)));
	}

	/**
	 * Answer a request that was handled, but whose reply could not be sent.
	 * @param request the request
	 * @return what was answered
	 */
	public ServiceError sendNoReply(Message request) {
		return send(request, NO_REPLY);
	}

	/**
	 * Answer a request that a stop has left without a result.
	 * @param request the request
	 * @return what was answered
	 */
	public ServiceError sendStopping(Message request) {
		return send(request, STOPPING);
	}

	ServiceError send(Message request, ServiceError error) {
		try {
			this.channel.send(request, error.headers(), new byte[0]);
		}
		catch (RuntimeException | Error ex) {
			logger.warn("Error reply of " + this.owner + " could not be sent: " + error, ex);
		}
		return error;
	}

	private ServiceError resolve(Throwable failure) {
		try {
			ServiceError error = this.errors.resolve(failure);
			Assert.state(error != null, "The ServiceErrorResolver has returned null");
			return error;
		}
		catch (RuntimeException | Error ex) {
			if (ex != failure) {
				ex.addSuppressed(failure);
			}
			logger.error("No error reply found for a failure in " + this.owner, ex);
			return new ServiceError(ServiceError.INTERNAL, "Internal error");
		}
	}

	static Throwable unwrap(Throwable failure) {
		boolean wrapper = failure instanceof CompletionException || failure instanceof ExecutionException
				|| failure instanceof InvocationTargetException || failure instanceof UndeclaredThrowableException;
		Throwable cause = failure.getCause();
		return (wrapper && cause != null) ? unwrap(cause) : failure;
	}

}
