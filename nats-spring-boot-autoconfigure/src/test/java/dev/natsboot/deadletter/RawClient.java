package dev.natsboot.deadletter;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sends what the Java client refuses to send.
 */
final class RawClient {

	private RawClient() {
	}

	/**
	 * Publish a message with a header block as it is.
	 */
	static void publish(int port, String subject, String headers, String body) throws IOException {
		byte[] block = ("NATS/1.0\r\n" + headers + "\r\n\r\n").getBytes(StandardCharsets.UTF_8);
		try (Socket socket = new Socket("127.0.0.1", port)) {
			socket.setSoTimeout(5000);
			OutputStream out = socket.getOutputStream();
			out.write("CONNECT {\"verbose\":false,\"headers\":true}\r\n".getBytes(StandardCharsets.US_ASCII));
			out.write(("HPUB " + subject + " " + block.length + " " + (block.length + body.length()) + "\r\n")
				.getBytes(StandardCharsets.US_ASCII));
			out.write(block);
			out.write((body + "\r\nPING\r\n").getBytes(StandardCharsets.US_ASCII));
			out.flush();
			String answer = read(socket);
			while (!answer.startsWith("PONG")) {
				assertThat(answer).startsWith("INFO");
				answer = read(socket);
			}
		}
	}

	private static String read(Socket socket) throws IOException {
		StringBuilder line = new StringBuilder();
		int next = socket.getInputStream().read();
		while (next != -1 && next != '\n') {
			line.append((char) next);
			next = socket.getInputStream().read();
		}
		return line.toString();
	}

}
