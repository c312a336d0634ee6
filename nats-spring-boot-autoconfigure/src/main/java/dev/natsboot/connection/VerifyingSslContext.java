package dev.natsboot.connection;

import java.security.KeyManagementException;
import java.security.SecureRandom;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

import org.jspecify.annotations.Nullable;

/**
 * Verifies that a server's certificate is for the host that was asked for, which the
 * client doesn't do by itself.
 */
final class VerifyingSslContext extends SSLContext {

	VerifyingSslContext(SSLContext delegate, ServerNames names) {
		super(new Spi(delegate, names), delegate.getProvider(), delegate.getProtocol());
	}

	/**
	 * Switch on the verification of host names as HTTPS does it (RFC 2818).
	 */
	static SSLParameters verifying(SSLParameters parameters) {
		parameters.setEndpointIdentificationAlgorithm("HTTPS");
		return parameters;
	}

	private static final class Spi extends SSLContextSpi {

		private final SSLContext delegate;

		private final SSLSocketFactory sockets;

		Spi(SSLContext delegate, ServerNames names) {
			this.delegate = delegate;
			this.sockets = new VerifyingSocketFactory(delegate.getSocketFactory(), names);
		}

		@Override
		protected void engineInit(KeyManager @Nullable [] keyManagers, TrustManager @Nullable [] trustManagers,
				@Nullable SecureRandom random) throws KeyManagementException {
			this.delegate.init(keyManagers, trustManagers, random);
		}

		@Override
		protected SSLSocketFactory engineGetSocketFactory() {
			return this.sockets;
		}

		@Override
		protected SSLServerSocketFactory engineGetServerSocketFactory() {
			return this.delegate.getServerSocketFactory();
		}

		@Override
		protected SSLEngine engineCreateSSLEngine() {
			return verifying(this.delegate.createSSLEngine());
		}

		@Override
		protected SSLEngine engineCreateSSLEngine(String host, int port) {
			return verifying(this.delegate.createSSLEngine(host, port));
		}

		private static SSLEngine verifying(SSLEngine engine) {
			engine.setSSLParameters(VerifyingSslContext.verifying(engine.getSSLParameters()));
			return engine;
		}

		@Override
		protected SSLSessionContext engineGetServerSessionContext() {
			return this.delegate.getServerSessionContext();
		}

		@Override
		protected SSLSessionContext engineGetClientSessionContext() {
			return this.delegate.getClientSessionContext();
		}

	}

}
