package dev.natsboot.autoconfigure;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.util.StringUtils;

/**
 * Adapts {@link NatsProperties} to {@link NatsConnectionDetails}.
 */
class PropertiesNatsConnectionDetails implements NatsConnectionDetails {

	private final NatsProperties properties;

	private final @Nullable SslBundles sslBundles;

	PropertiesNatsConnectionDetails(NatsProperties properties, @Nullable SslBundles sslBundles) {
		this.properties = properties;
		this.sslBundles = sslBundles;
	}

	@Override
	public List<String> getServers() {
		return this.properties.getServers();
	}

	@Override
	public @Nullable String getUsername() {
		return textOrNull(this.properties.getUsername());
	}

	@Override
	public @Nullable String getPassword() {
		return textOrNull(this.properties.getPassword());
	}

	@Override
	public @Nullable String getToken() {
		return textOrNull(this.properties.getToken());
	}

	@Override
	public @Nullable String getCredentials() {
		return textOrNull(this.properties.getCredentials());
	}

	@Override
	public @Nullable String getNkey() {
		return textOrNull(this.properties.getNkey());
	}

	@Override
	public @Nullable String getJwt() {
		return textOrNull(this.properties.getJwt());
	}

	private static @Nullable String textOrNull(@Nullable String value) {
		return StringUtils.hasText(value) ? value : null;
	}

	@Override
	public @Nullable SslBundle getSslBundle() {
		NatsProperties.Ssl ssl = this.properties.getSsl();
		if (!ssl.isEnabled()) {
			return null;
		}
		if (!StringUtils.hasLength(ssl.getBundle())) {
			return SslBundle.systemDefault();
		}
		return bundle(ssl.getBundle());
	}

	private SslBundle bundle(String name) {
		if (this.sslBundles == null) {
			throw unknown(name, "no SSL bundles were found in the application context");
		}
		try {
			return this.sslBundles.getBundle(name);
		}
		catch (NoSuchSslBundleException ex) {
			throw unknown(name, "there is no SSL bundle of this name, only " + this.sslBundles.getBundleNames());
		}
	}

	private static InvalidNatsPropertyException unknown(String name, String reason) {
		return new InvalidNatsPropertyException("nats.ssl.bundle", name, reason,
				"nats.ssl.bundle=nats with spring.ssl.bundle.pem.nats.truststore.certificate=classpath:ca.pem");
	}

}
