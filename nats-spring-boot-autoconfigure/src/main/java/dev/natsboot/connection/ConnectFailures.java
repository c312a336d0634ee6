package dev.natsboot.connection;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLException;

import dev.natsboot.connection.NatsConnectException.Reason;
import io.nats.client.AuthenticationException;
import io.nats.client.Options;
import org.jspecify.annotations.Nullable;

import org.springframework.core.NestedExceptionUtils;

/**
 * What went wrong during one attempt to connect. The client's own exception names only
 * the servers; why they couldn't be reached is told to its error listener.
 */
class ConnectFailures {

	private static final List<String> HOST_NAME_HINTS = List.of("no subject alternative", "no name matching",
			"doesn't match", "does not match");

	private static final List<String> AUTHENTICATION_ERRORS = List.of("authorization violation", "user authentication",
			"authentication expired");

	private static final List<Reason> TLS_REASONS = List.of(Reason.TLS_UNTRUSTED, Reason.TLS_HOST_NAME,
			Reason.TLS_HANDSHAKE, Reason.TLS_REQUIRED, Reason.TLS_NOT_OFFERED);

	private static final List<Reason> NETWORK_REASONS = List.of(Reason.TIMEOUT, Reason.UNKNOWN_HOST, Reason.REFUSED);

	private static final String SILENT_AFTER_HANDSHAKE = "the server ended the conversation after the handshake, as it "
			+ "does when it requires a client certificate";

	private final Queue<Throwable> exceptions = new ConcurrentLinkedQueue<>();

	private volatile @Nullable String serverError;

	private volatile boolean answered;

	/**
	 * The server has introduced itself, so it isn't the network that failed.
	 */
	void serverAnswered() {
		this.answered = true;
	}

	void add(Throwable exception) {
		this.exceptions.add(exception);
	}

	void serverSaid(String error) {
		this.serverError = error;
	}

	/**
	 * The most telling of the failures: TLS trouble, then what the server said, then what
	 * the network said. Other servers, or other addresses of the same, may have failed
	 * for a plainer reason.
	 */
	NatsConnectException toException(Options options, Exception failure) {
		add(failure);
		String addresses = NatsUrls.describe(options.getServers());
		NatsConnectException tls = find(TLS_REASONS, addresses);
		if (tls != null) {
			return tls;
		}
		if (failure instanceof AuthenticationException || isAuthentication(this.serverError)) {
			return new NatsConnectException(Reason.AUTHENTICATION, addresses, said(failure), null);
		}
		NatsConnectException network = find(NETWORK_REASONS, addresses);
		if (network == null) {
			return new NatsConnectException(Reason.OTHER, addresses, said(failure), safe(failure));
		}
		if (network.getReason() == Reason.TIMEOUT && this.answered && options.getSslContext() != null) {
			return new NatsConnectException(Reason.TLS_HANDSHAKE, addresses, SILENT_AFTER_HANDSHAKE, null);
		}
		return network;
	}

	private @Nullable String said(Exception failure) {
		String error = this.serverError;
		return NatsUrls.withoutCredentials((error != null) ? error : failure.getMessage());
	}

	private static boolean isAuthentication(@Nullable String error) {
		String text = String.valueOf(error).toLowerCase(Locale.ROOT);
		return AUTHENTICATION_ERRORS.stream().anyMatch(text::contains);
	}

	private @Nullable NatsConnectException find(List<Reason> reasons, String addresses) {
		for (Reason reason : reasons) {
			for (Throwable exception : this.exceptions) {
				Throwable cause = NestedExceptionUtils.getMostSpecificCause(exception);
				if (reasonOf(exception, cause) == reason) {
					return new NatsConnectException(reason, addresses, NatsUrls.withoutCredentials(cause.getMessage()),
							safe(cause));
				}
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
