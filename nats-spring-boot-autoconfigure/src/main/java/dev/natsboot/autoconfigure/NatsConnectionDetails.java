package dev.natsboot.autoconfigure;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;
import org.springframework.boot.ssl.SslBundle;

/**
 * Where NATS is and how to sign in. A bean of this type takes the place of the
 * corresponding {@code nats.*} properties: tests, Testcontainers and Docker Compose
 * supply one.
 */
public interface NatsConnectionDetails extends ConnectionDetails {

	/**
	 * The servers, any of which may be connected to.
	 * @return addresses such as {@code nats://localhost:4222} or {@code localhost:4222}
	 */
	List<String> getServers();

	/**
	 * The user to sign in as.
	 * @return the name, or {@code null} to sign in otherwise or not at all
	 */
	default @Nullable String getUsername() {
		return null;
	}

	/**
	 * The user's password.
	 * @return the password, or {@code null} when there is none
	 */
	default @Nullable String getPassword() {
		return null;
	}

	/**
	 * The token to sign in with.
	 * @return the token, or {@code null} to sign in otherwise or not at all
	 */
	default @Nullable String getToken() {
		return null;
	}

	/**
	 * The credentials file (user JWT and seed) to sign in with.
	 * @return a file's path or a resource location such as
	 * {@code file:/etc/nats/app.creds}, or {@code null} to sign in otherwise or not at
	 * all
	 */
	default @Nullable String getCredentials() {
		return null;
	}

	/**
	 * The seed of the NKey to sign in with.
	 * @return the seed, beginning with {@code SU}, or {@code null} to sign in otherwise
	 * or not at all
	 */
	default @Nullable String getNkey() {
		return null;
	}

	/**
	 * The user JWT that belongs to the NKey.
	 * @return the JWT, or {@code null} when the server knows the NKey itself
	 */
	default @Nullable String getJwt() {
		return null;
	}

	/**
	 * Keys and certificates for TLS.
	 * @return the bundle, or {@code null} for a connection without TLS, unless the
	 * servers' addresses begin with {@code tls://}
	 */
	default @Nullable SslBundle getSslBundle() {
		return null;
	}

}
