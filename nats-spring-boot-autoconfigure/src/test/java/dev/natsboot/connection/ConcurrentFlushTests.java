package dev.natsboot.connection;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import dev.natsboot.testsupport.InTime;
import dev.natsboot.testsupport.NatsServer;
import io.nats.client.Connection;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The client takes many unanswered pings for a dead connection.
 */
class ConcurrentFlushTests {

	@Test
	void manyThreadsMayFlushAtOnce() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(8);
		try (NatsServer server = new NatsServer()) {
			NatsConnectionManager manager = NatsConnectionManager.builder()
				.options((options) -> options.server(server.url()))
				.build();
			manager.start();
			Connection connection = manager.current();
			List<CompletableFuture<Void>> flushes = IntStream.range(0, 8)
				.mapToObj((i) -> CompletableFuture.runAsync(() -> flush(connection), threads))
				.toList();
			InTime.join(flushes);
			assertThat(connection.getStatistics().getReconnects()).isZero();
			manager.stop();
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static void flush(Connection connection) {
		for (int i = 0; i < 200; i++) {
			try {
				connection.flush(Duration.ofSeconds(10));
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}
	}

}
