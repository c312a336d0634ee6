package dev.natsboot.test;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * Waits until a server sends its {@code INFO} line. The runner's own check waits for a
 * second line, which an ordinary server sends after two seconds only.
 */
final class ServerReadiness {

	static final String TLS_FIRST = "INFO {\"tls_required\":true}";

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final int INFO_TIMEOUT_MILLIS = 1000;

	private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

	private final int port;

	private final String serverName;

	private final Path pidFile;

	private final ServerOutput output;

	ServerReadiness(int port, String serverName, Path pidFile, ServerOutput output) {
		this.port = port;
		this.serverName = serverName;
		this.pidFile = pidFile;
		this.output = output;
	}

	/**
	 * Wait for the server.
	 * @return its {@code INFO} line, {@link #TLS_FIRST} if it says nothing before the TLS
	 * handshake
	 */
	String await() {
		long start = System.nanoTime();
		String info = info();
		while (info == null) {
			if (!isRunning()) {
				throw new EmbeddedNatsStartException(this.output.finalText(), null);
			}
			if (System.nanoTime() - start > TIMEOUT.toNanos()) {
				throw new EmbeddedNatsStartException(
						"No answer within " + TIMEOUT.toSeconds() + " s\n" + this.output.text(), null);
			}
			LockSupport.parkNanos(PAUSE_NANOS);
			info = info();
		}
		return info;
	}

	private @Nullable String info() {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port));
			socket.setSoTimeout(INFO_TIMEOUT_MILLIS);
			BufferedReader reader = new BufferedReader(
					new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
			String line = reader.readLine();
			return (line != null && line.startsWith("INFO") && line.contains(this.serverName)) ? line : null;
		}
		catch (SocketTimeoutException ex) {
			// A server with handshake_first says nothing before the TLS handshake
			return isRunning() ? TLS_FIRST : null;
		}
		catch (IOException ex) {
			return null;
		}
	}

	private boolean isRunning() {
		return ProcessHandle.current().children().anyMatch(this::isServer);
	}

	private boolean isServer(ProcessHandle process) {
		return process.isAlive()
				&& process.info().commandLine().map((line) -> line.contains(this.pidFile.toString())).orElse(true);
	}

}
