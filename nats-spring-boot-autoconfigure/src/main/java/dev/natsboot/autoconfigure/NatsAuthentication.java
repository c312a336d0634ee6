package dev.natsboot.autoconfigure;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import io.nats.client.AuthHandler;
import io.nats.client.NKey;
import io.nats.client.Nats;
import io.nats.client.Options;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.io.ApplicationResourceLoader;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.Resource;

/**
 * The one way to sign in that the connection details ask for.
 */
class NatsAuthentication {

	private static final String ONE_OF = "nats.username=app and nats.password=..., or nats.token=..., or "
			+ "nats.credentials=file:/etc/nats/app.creds, or nats.nkey=SU...";

	private final NatsConnectionDetails details;

	NatsAuthentication(NatsConnectionDetails details) {
		this.details = details;
	}

	void apply(Options.Builder options) {
		String username = this.details.getUsername();
		String token = this.details.getToken();
		String credentials = this.details.getCredentials();
		String nkey = this.details.getNkey();
		if (username != null) {
			String password = this.details.getPassword();
			options.userInfo(username.toCharArray(), (password != null) ? password.toCharArray() : new char[0]);
		}
		else if (token != null) {
			options.token(token.toCharArray());
		}
		else if (credentials != null) {
			options.authHandler(credentialsHandler(credentials));
		}
		else if (nkey != null) {
			options.authHandler(nkeyHandler(nkey, this.details.getJwt()));
		}
	}

	void validate() {
		Map<String, @Nullable String> ways = new LinkedHashMap<>();
		ways.put("nats.username", this.details.getUsername());
		ways.put("nats.token", this.details.getToken());
		ways.put("nats.credentials", this.details.getCredentials());
		ways.put("nats.nkey", this.details.getNkey());
		ways.values().removeIf((value) -> value == null);
		if (ways.size() > 1) {
			String others = ways.keySet().stream().skip(1).collect(Collectors.joining("', '"));
			throw new InvalidNatsPropertyException(ways.keySet().iterator().next(), null,
					"only one way to sign in can be used, but '" + others + "' is set too", ONE_OF);
		}
		if (this.details.getPassword() != null && this.details.getUsername() == null) {
			throw new InvalidNatsPropertyException("nats.password", null, "a password needs a user",
					"nats.username=app and nats.password=...");
		}
		if (this.details.getJwt() != null && this.details.getNkey() == null) {
			throw new InvalidNatsPropertyException("nats.jwt", null, "a JWT needs the seed of its NKey",
					"nats.jwt=eyJ... and nats.nkey=SU...");
		}
		validateSecrets();
	}

	private void validateSecrets() {
		String nkey = this.details.getNkey();
		if (nkey != null) {
			key(nkey).clear();
		}
		String credentials = this.details.getCredentials();
		if (credentials != null && !resource(credentials).isReadable()) {
			throw new InvalidNatsPropertyException("nats.credentials", credentials, "there is no such readable file",
					"nats.credentials=file:/etc/nats/app.creds");
		}
	}

	private static AuthHandler credentialsHandler(String location) {
		Resource resource = resource(location);
		try {
			return resource.isFile() ? Nats.credentials(resource.getFile().getAbsolutePath())
					: Nats.staticCredentials(resource.getContentAsByteArray());
		}
		catch (IOException ex) {
			throw new InvalidNatsPropertyException("nats.credentials", location,
					"the file can't be read (" + ex.getMessage() + ")", "nats.credentials=file:/etc/nats/app.creds");
		}
	}

	private static Resource resource(String location) {
		return ApplicationResourceLoader.get(new DefaultResourceLoader(), true).getResource(location);
	}

	private static AuthHandler nkeyHandler(String seed, @Nullable String jwt) {
		return (jwt != null) ? Nats.staticCredentials(jwt.toCharArray(), seed.toCharArray())
				: new NkeyHandler(key(seed));
	}

	private static NKey key(String seed) {
		try {
			return NKey.fromSeed(seed.trim().toCharArray());
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidNatsPropertyException("nats.nkey", null,
					"it isn't the seed of an NKey (58 characters, beginning with SU)", "nats.nkey=SUA...");
		}
	}

	/**
	 * Signs the server's challenge with an NKey that the server knows itself.
	 */
	private static final class NkeyHandler implements AuthHandler {

		private final NKey key;

		NkeyHandler(NKey key) {
			this.key = key;
		}

		@Override
		public byte @Nullable [] sign(byte[] nonce) {
			try {
				return this.key.sign(nonce);
			}
			catch (GeneralSecurityException | IOException ex) {
				throw new IllegalStateException("The server's challenge can't be signed with 'nats.nkey'", ex);
			}
		}

		@Override
		public char @Nullable [] getID() {
			try {
				return this.key.getPublicKey();
			}
			catch (GeneralSecurityException | IOException ex) {
				throw new IllegalStateException("The public key of 'nats.nkey' can't be derived", ex);
			}
		}

		@Override
		public char @Nullable [] getJWT() {
			return null;
		}

	}

}
