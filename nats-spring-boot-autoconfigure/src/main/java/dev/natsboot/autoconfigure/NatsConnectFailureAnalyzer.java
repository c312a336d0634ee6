package dev.natsboot.autoconfigure;

import dev.natsboot.connection.NatsConnectException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says what to do when the application refuses to start without NATS.
 */
class NatsConnectFailureAnalyzer extends AbstractFailureAnalyzer<NatsConnectException> {

	private static final String OR_IN_THE_BACKGROUND = " To let the application start without NATS and connect later, "
			+ "set nats.startup=background.";

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NatsConnectException cause) {
		return new FailureAnalysis(cause.getMessage() + ".", action(cause), cause);
	}

	private static String action(NatsConnectException cause) {
		return switch (cause.getReason()) {
			case REFUSED -> "Start a NATS server at that address (nats-server -js -p 4222), or correct 'nats.servers', "
					+ "for example nats.servers=nats://nats.example.org:4222." + OR_IN_THE_BACKGROUND;
			case UNKNOWN_HOST -> "Correct the host name in 'nats.servers', for example "
					+ "nats.servers=nats://nats.example.org:4222, or make the name resolvable." + OR_IN_THE_BACKGROUND;
			case TIMEOUT ->
				"Check that 'nats.servers' names a NATS server and that no firewall is in between, or allow "
						+ "it more time, for example nats.connection-timeout=5s." + OR_IN_THE_BACKGROUND;
			case AUTHENTICATION -> "Check 'nats.username' and 'nats.password', 'nats.token', 'nats.credentials', or "
					+ "'nats.nkey' and 'nats.jwt' (one of these ways) against the server's configuration "
					+ "(authorization or accounts).";
			default -> tlsAction(cause);
		};
	}

	private static String tlsAction(NatsConnectException cause) {
		return switch (cause.getReason()) {
			case TLS_UNTRUSTED -> "Trust the authority that signed the server's certificate: name an SSL bundle with "
					+ "nats.ssl.bundle=nats and configure it with "
					+ "spring.ssl.bundle.pem.nats.truststore.certificate=file:/etc/nats/ca.pem.";
			case TLS_HOST_NAME -> "Use in 'nats.servers' a name that the server's certificate is for (its subject "
					+ "alternative names), or have the certificate issued for this name. As a last resort, "
					+ "nats.ssl.verify-host-name=false switches the verification off.";
			case TLS_REQUIRED -> "Switch on TLS: nats.ssl.enabled=true for a certificate that the Java runtime trusts, "
					+ "or nats.ssl.bundle=nats with "
					+ "spring.ssl.bundle.pem.nats.truststore.certificate=file:/etc/nats/ca.pem.";
			case TLS_NOT_OFFERED -> "Configure TLS on the server, or connect without it: remove 'nats.ssl.bundle' and "
					+ "'nats.ssl.enabled', and use nats:// instead of tls:// in 'nats.servers'.";
			case TLS_HANDSHAKE ->
				"Check whether the server wants the handshake first (nats.tls-first=true) or a client "
						+ "certificate (spring.ssl.bundle.pem.nats.keystore.certificate and .private-key with "
						+ "nats.ssl.bundle=nats).";
			default -> "Check 'nats.servers' and the server's log." + OR_IN_THE_BACKGROUND;
		};
	}

}
