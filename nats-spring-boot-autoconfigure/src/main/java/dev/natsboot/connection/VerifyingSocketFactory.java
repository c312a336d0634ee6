package dev.natsboot.connection;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Creates TLS sockets that verify the server's host name.
 */
final class VerifyingSocketFactory extends SSLSocketFactory {

	private final SSLSocketFactory delegate;

	private final ServerNames names;

	VerifyingSocketFactory(SSLSocketFactory delegate, ServerNames names) {
		this.delegate = delegate;
		this.names = names;
	}

	@Override
	public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
		return verifying(this.delegate.createSocket(socket, this.names.nameFor(host), port, autoClose));
	}

	@Override
	public Socket createSocket() throws IOException {
		return verifying(this.delegate.createSocket());
	}

	@Override
	public Socket createSocket(String host, int port) throws IOException {
		return verifying(this.delegate.createSocket(host, port));
	}

	@Override
	public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
		return verifying(this.delegate.createSocket(host, port, localHost, localPort));
	}

	@Override
	public Socket createSocket(InetAddress host, int port) throws IOException {
		return verifying(this.delegate.createSocket(host, port));
	}

	@Override
	public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
			throws IOException {
		return verifying(this.delegate.createSocket(address, port, localAddress, localPort));
	}

	private static Socket verifying(Socket socket) {
		if (socket instanceof SSLSocket sslSocket) {
			sslSocket.setSSLParameters(VerifyingSslContext.verifying(sslSocket.getSSLParameters()));
		}
		return socket;
	}

	@Override
	public String[] getDefaultCipherSuites() {
		return this.delegate.getDefaultCipherSuites();
	}

	@Override
	public String[] getSupportedCipherSuites() {
		return this.delegate.getSupportedCipherSuites();
	}

}
