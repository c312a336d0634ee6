package dev.natsboot.connection;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import dev.natsboot.testsupport.NatsServer;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Headers that other clients may send and the Java client can't read.
 */
class UnreadableHeaderTests {

	private NatsServer server;

	private NatsConnectionManager manager;

	private final Queue<Message> received = new ConcurrentLinkedQueue<>();

	@BeforeEach
	void start() throws Exception {
		this.server = new NatsServer();
		this.manager = NatsConnectionManager.builder().options((options) -> options.server(this.server.url())).build();
		this.manager.start();
		Dispatcher dispatcher = this.manager.current().createDispatcher(this.received::add);
		dispatcher.subscribe("a");
		this.manager.current().flush(Duration.ofSeconds(5));
	}

	@AfterEach
	void stop() throws Exception {
		this.manager.stop();
		this.server.close();
	}

	@Test
	void aHeaderBeyondAsciiComesWithQuestionMarks() throws Exception {
		send("NATS/1.0\r\nCity: Zürich\u0001\r\nCountry: CH\r\n\r\n", "Grüße");
		await().untilAsserted(() -> assertThat(this.received).hasSize(1));
		Message message = this.received.remove();
		assertThat(message.getHeaders().getFirst("City")).isEqualTo("Z??rich?");
		assertThat(message.getHeaders().getFirst("Country")).isEqualTo("CH");
		assertThat(message.getData()).asString(StandardCharsets.UTF_8).isEqualTo("Grüße");
	}

	@Test
	void aHeaderThatIsNoneCostsAReconnectAndNotTheConnection() throws Exception {
		send("XATS/1.0\r\nCity: Bern\r\n\r\n", "1");
		await().until(() -> this.manager.current().getStatistics().getReconnects() == 1);
		await().untilAsserted(() -> {
			send("NATS/1.0\r\nCity: Basel\r\n\r\n", "2");
			assertThat(this.received).isNotEmpty();
		});
		assertThat(this.received.remove().getHeaders().getFirst("City")).isEqualTo("Basel");
	}

	private void send(String headers, String payload) throws IOException {
		URI uri = URI.create(this.server.url());
		byte[] head = headers.getBytes(StandardCharsets.UTF_8);
		byte[] body = payload.getBytes(StandardCharsets.UTF_8);
		try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
			socket.setSoTimeout(5000);
			OutputStream out = socket.getOutputStream();
			String line = "CONNECT {\"headers\":true,\"verbose\":false}\r\nHPUB a %d %d\r\n".formatted(head.length,
					head.length + body.length);
			out.write(line.getBytes(StandardCharsets.US_ASCII));
			out.write(head);
			out.write(body);
			out.write("\r\nPING\r\n".getBytes(StandardCharsets.US_ASCII));
			out.flush();
			awaitPong(socket);
		}
	}

	private static void awaitPong(Socket socket) throws IOException {
		StringBuilder read = new StringBuilder();
		while (read.indexOf("PONG") < 0) {
			int next = socket.getInputStream().read();
			assertThat(next).isNotNegative();
			read.append((char) next);
		}
	}

}
