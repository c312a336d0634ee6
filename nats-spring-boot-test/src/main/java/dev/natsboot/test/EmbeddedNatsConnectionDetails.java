package dev.natsboot.test;

import java.util.List;
import java.util.function.Function;

import dev.natsboot.autoconfigure.NatsConnectionDetails;
import dev.natsboot.autoconfigure.NatsProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.util.StringUtils;

/**
 * Connects the application to the embedded server. How to sign in and which certificates
 * to use comes from the {@code nats.*} properties, but only if the server asks for it: an
 * application that signs in elsewhere runs unchanged with an open server.
 */
class EmbeddedNatsConnectionDetails implements NatsConnectionDetails {

	private final EmbeddedNatsServer server;

	private final ObjectProvider<NatsProperties> properties;

	private final ObjectProvider<SslBundles> sslBundles;

	EmbeddedNatsConnectionDetails(EmbeddedNatsServer server, ObjectProvider<NatsProperties> properties,
			ObjectProvider<SslBundles> sslBundles) {
		this.server = server;
		this.properties = properties;
		this.sslBundles = sslBundles;
	}

	@Override
	public List<String> getServers() {
		return this.server.getNodes().stream().map(EmbeddedNatsNode::getUrl).toList();
	}

	@Override
	public @Nullable String getUsername() {
		return credential(NatsProperties::getUsername);
	}

	@Override
	public @Nullable String getPassword() {
		return credential(NatsProperties::getPassword);
	}

	@Override
	public @Nullable String getToken() {
		return credential(NatsProperties::getToken);
	}

	@Override
	public @Nullable String getCredentials() {
		return credential(NatsProperties::getCredentials);
	}

	@Override
	public @Nullable String getNkey() {
		return credential(NatsProperties::getNkey);
	}

	@Override
	public @Nullable String getJwt() {
		return credential(NatsProperties::getJwt);
	}

	private @Nullable String credential(Function<NatsProperties, @Nullable String> getter) {
		NatsProperties available = this.properties.getIfAvailable();
		if (available == null || !this.server.getNodes().get(0).isAuthenticationRequired()) {
			return null;
		}
		String value = getter.apply(available);
		return StringUtils.hasText(value) ? value : null;
	}

	@Override
	public @Nullable SslBundle getSslBundle() {
		NatsProperties available = this.properties.getIfAvailable();
		if (available == null || !this.server.getNodes().get(0).isTlsRequired()) {
			return null;
		}
		String bundle = available.getSsl().getBundle();
		return StringUtils.hasText(bundle) ? this.sslBundles.getObject().getBundle(bundle) : SslBundle.systemDefault();
	}

}
