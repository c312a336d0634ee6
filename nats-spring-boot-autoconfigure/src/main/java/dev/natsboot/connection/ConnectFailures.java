package dev.natsboot.connection;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLException;

import dev.natsboot.connection.NatsConnectException.Reason;
import io.nats.client.AuthenticationException;
import org.jspecify.annotations.Nullable;

import org.springframework.core.NestedExceptionUtils;

/**
 * What went wrong during one attempt to connect. The client's own exception names only
 * the servers; why they couldn't be reached is told to its error listener.
 */
class ConnectFailures {

	private static final List<String> HOST_NAME_HINTS = List.of("no subject alternative", "no name matching",
			"doesn't match", "does not match");

	private final Queue<Throwable> exceptions = new ConcurrentLinkedQueue<>();

	private volatile @Nullable String serverError;

	void add(Throwable exception) {
		this.exceptions.add(exception);
	}

	void serverSaid(String error) {
		this.serverError = error;
	}

	/**
	 * The most telling of the failures: what the server said about credentials, then TLS
	 * trouble, then what the network said.
	 */
	NatsConnectException toException(Collection<?> servers, Exception failure) {
		String addresses = NatsUrls.describe(servers);
		if (failure instanceof AuthenticationException) {
			String said = (this.serverError != null) ? this.serverError : failure.getMessage();
			return new NatsConnectException(Reason.AUTHENTICATION, addresses, NatsUrls.withoutCredentials(said), null);
		}
		add(failure);
		for (Reason reason : Reason.values()) {
			NatsConnectException exception = (reason != Reason.OTHER) ? find(reason, addresses) : null;
			if (exception != null) {
				return exception;
			}
		}
		String said = (this.serverError != null) ? this.serverError : failure.getMessage();
		return new NatsConnectException(Reason.OTHER, addresses, NatsUrls.withoutCredentials(said), safe(failure));
	}

	private @Nullable NatsConnectException find(Reason reason, String addresses) {
		for (Throwable exception : this.exceptions) {
			Throwable cause = NestedExceptionUtils.getMostSpecificCause(exception);
			if (reasonOf(exception, cause) == reason) {
				return new NatsConnectException(reason, addresses, NatsUrls.withoutCredentials(cause.getMessage()),
						safe(cause));
			}
		}
		return null;
	}

	private static Reason reasonOf(Throwable exception, Throwable cause) {
		if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
			return Reason.UNKNOWN_HOST;
		}
		if (cause instanceof CertPathBuilderException || cause instanceof CertificateException
				|| contains(exception, SSLException.class)) {
			return tlsReasonOf(cause);
		}
		if (cause instanceof ConnectException) {
			return Reason.REFUSED;
		}
		if (cause instanceof TimeoutException || cause instanceof SocketTimeoutException) {
			return Reason.TIMEOUT;
		}
		String message = String.valueOf(cause.getMessage());
		if (message.startsWith("SSL required by server")) {
			return Reason.TLS_REQUIRED;
		}
		return message.startsWith("SSL connection wanted") ? Reason.TLS_NOT_OFFERED : Reason.OTHER;
	}

	private static Reason tlsReasonOf(Throwable cause) {
		String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
		if (HOST_NAME_HINTS.stream().anyMatch(message::contains)) {
			return Reason.TLS_HOST_NAME;
		}
		boolean certificate = cause instanceof CertPathBuilderException || cause instanceof CertificateException;
		return (certificate || message.contains("pkix")) ? Reason.TLS_UNTRUSTED : Reason.TLS_HANDSHAKE;
	}

	private static boolean contains(Throwable exception, Class<? extends Throwable> type) {
		for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
			if (type.isInstance(cause)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * The exception itself, or a copy without credentials when its text has some.
	 */
	static Throwable safe(Throwable exception) {
		for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
			String message = cause.getMessage();
			if (message != null && !message.equals(NatsUrls.withoutCredentials(message))) {
				IOException copy = new IOException(NatsUrls.withoutCredentials(String.valueOf(exception)));
				copy.setStackTrace(exception.getStackTrace());
				return copy;
			}
		}
		return exception;
	}

}
