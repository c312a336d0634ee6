package dev.natsboot.listener;

import java.lang.ref.WeakReference;
import java.util.function.Predicate;

import io.nats.client.Message;
import io.nats.client.impl.NatsJetStreamMetaData;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.convert.ConversionException;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.handler.invocation.MethodArgumentResolutionException;

/**
 * Retries with the endpoint's back-off until no delivery is left, then dead-letters.
 * Failures that would be the same the next time (conversion, validation, arguments) are
 * dead-lettered at once.
 */
public class DefaultListenerErrorHandler implements ListenerErrorHandler {

	private static final Log logger = LogFactory.getLog(DefaultListenerErrorHandler.class);

	private static final String VALIDATION_EXCEPTION = "jakarta.validation.ValidationException";

	private final Predicate<Throwable> fatal;

	private volatile WeakReference<@Nullable Throwable> logged = new WeakReference<>(null);

	/**
	 * Create a handler that regards conversion, validation and argument failures as
	 * fatal.
	 */
	public DefaultListenerErrorHandler() {
		this((cause) -> false);
	}

	/**
	 * Create a handler that regards further failures as fatal.
	 * @param fatal tests an exception and each of its causes; those that it accepts are
	 * dead-lettered without a retry
	 */
	public DefaultListenerErrorHandler(Predicate<Throwable> fatal) {
		this.fatal = fatal;
	}

	@Override
	public FailureAction handle(ListenerFailure failure) {
		boolean retry = failure.isRepeatable() && !failure.isLast() && !isFatal(failure.cause());
		FailureAction action = retry ? FailureAction.retry(failure.nextDelay()) : FailureAction.deadLetter();
		log(failure, action);
		return action;
	}

	/**
	 * A batch that failed as a whole has the same cause for each of its messages: say it
	 * once.
	 */
	private void log(ListenerFailure failure, FailureAction action) {
		if (failure.endpoint().isBatch() && this.logged.get() == failure.cause()) {
			return;
		}
		this.logged = new WeakReference<>(failure.cause());
		String text = "Listener '" + failure.endpoint().id() + "' failed on a message of '"
				+ failure.message().getSubject() + "'" + place(failure.message()) + ", delivery "
				+ failure.deliveries();
		if (action instanceof FailureAction.Retry retry) {
			logger.warn(text + ", next one in " + retry.delay() + ": " + failure.cause());
			logger.debug("The failure", failure.cause());
		}
		else {
			logger.error(text + fate(failure.endpoint()), failure.cause());
		}
	}

	/**
	 * Where a message can be found again.
	 */
	private static String place(Message message) {
		if (!message.isJetStream()) {
			return "";
		}
		NatsJetStreamMetaData place = message.metaData();
		return " (sequence " + place.streamSequence() + " of stream '" + place.getStream() + "')";
	}

	private static String fate(NatsListenerEndpoint endpoint) {
		if (!endpoint.isJetStream()) {
			return "";
		}
		return (endpoint.deadLetterSubject() != null)
				? ", to be dead-lettered to '" + endpoint.deadLetterSubject() + "'"
				: ", given up without a dead letter";
	}

	private boolean isFatal(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (isFatalType(cause) || this.fatal.test(cause)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isFatalType(Throwable cause) {
		return cause instanceof MessageConversionException || cause instanceof MethodArgumentResolutionException
				|| cause instanceof ConversionException || isValidationException(cause.getClass());
	}

	private static boolean isValidationException(@Nullable Class<?> type) {
		return type != null
				&& (VALIDATION_EXCEPTION.equals(type.getName()) || isValidationException(type.getSuperclass()));
	}

}
