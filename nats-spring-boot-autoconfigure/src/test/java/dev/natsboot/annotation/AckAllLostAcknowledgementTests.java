package dev.natsboot.annotation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.testsupport.FreePorts;
import dev.natsboot.testsupport.InTime;
import io.nats.client.Connection;
import io.nats.client.Nats;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.netcrusher.core.reactor.NioReactor;
import org.netcrusher.tcp.TcpCrusher;
import org.netcrusher.tcp.TcpCrusherBuilder;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * One acknowledgement for many messages that gets lost when the server delivers nothing
 * new before it has come.
 */
class AckAllLostAcknowledgementTests {

	private static final int MOST_PENDING = 10;

	@RegisterExtension
	private static final ListenerRig rig = new ListenerRig().with("ORDERS", "orders.>");

	@Test
	void isSentAgainWhenTheConnectionIsBack() throws Exception {
		publish(3 * MOST_PENDING);
		try (NioReactor reactor = new NioReactor();
				TcpCrusher line = TcpCrusherBuilder.builder()
					.withReactor(reactor)
					.withBindAddress("localhost", FreePorts.next())
					.withConnectAddress("localhost", rig.server().port())
					.buildAndOpen()) {
			ListenerRig.runner("nats://localhost:" + line.getBindAddress().getPort(), Batches.class)
				.withPropertyValues("nats.listener.ack-wait=5m")
				.run((context) -> {
					Batches listener = context.getBean(Batches.class);
					await().until(() -> pending() == MOST_PENDING);
					await().until(() -> listener.begun.size() == MOST_PENDING);
					Connection connection = context.getBean(NatsConnectionManager.class).current();
					connection.flush(Duration.ofSeconds(5));
					long sent = connection.getStatistics().getOutMsgs();
					line.freezeAllPairs();
					listener.gate.countDown();
					await().until(() -> connection.getStatistics().getOutMsgs() > sent);
					assertThat(pending()).isEqualTo(MOST_PENDING);
					line.reopen();
					await().untilAsserted(() -> assertThat(listener.begun).containsExactlyElementsOf(numbers()));
					await().until(() -> pending() == 0);
				});
		}
	}

	@Test
	void isSentAgainWhenTheServerDeliversAgainWhatWasHandled() {
		publish(3 * MOST_PENDING);
		rig.runner(Batches.class, LosingConnection.class)
			.withAllowBeanDefinitionOverriding(true)
			.withPropertyValues("nats.listener.ack-wait=1s")
			.run((context) -> {
				Batches listener = context.getBean(Batches.class);
				await().until(() -> listener.begun.size() == MOST_PENDING);
				listener.gate.countDown();
				await().untilAsserted(() -> assertThat(listener.begun).containsExactlyElementsOf(numbers()));
				await().until(() -> pending() == 0);
				assertThat(context.getBean(LosingConnection.class).lost).hasSize(1);
			});
	}

	private static void publish(int count) {
		IntStream.range(0, count).forEach((i) -> rig.publish("orders.batches", Integer.toString(i)));
	}

	private static long pending() {
		return rig.consumer("ORDERS", "batches").getNumAckPending();
	}

	private static List<Integer> numbers() {
		return IntStream.range(0, 3 * MOST_PENDING).boxed().toList();
	}

	/**
	 * A connection that loses the first acknowledgement.
	 */
	@Configuration(proxyBeanMethods = false)
	static class LosingConnection {

		final Queue<String> lost = new ConcurrentLinkedQueue<>();

		@Bean(destroyMethod = "close")
		Connection losing(@Value("${test.url}") String url) throws Exception {
			Connection connection = Nats.connect(url);
			return (Connection) Proxy.newProxyInstance(Connection.class.getClassLoader(),
					new Class<?>[] { Connection.class },
					(proxy, method, arguments) -> call(connection, method, arguments));
		}

		@Bean
		NatsConnectionManager natsConnectionManager(Connection losing) {
			return NatsConnectionManager.of(losing);
		}

		private Object call(Connection connection, Method method, Object[] arguments) throws Throwable {
			if (this.lost.isEmpty() && method.getName().equals("publish") && isAcknowledgement(arguments)) {
				this.lost.add((String) arguments[0]);
				return null;
			}
			try {
				return method.invoke(connection, arguments);
			}
			catch (InvocationTargetException ex) {
				throw ex.getCause();
			}
		}

		private static boolean isAcknowledgement(Object[] arguments) {
			return arguments[1] instanceof byte[] data && Arrays.equals("+ACK".getBytes(), data);
		}

	}

	static class Batches {

		final Queue<Integer> begun = new ConcurrentLinkedQueue<>();

		final CountDownLatch gate = new CountDownLatch(1);

		@NatsListener(subjects = "orders.batches", stream = "ORDERS", consumer = "batches", ackMode = "all",
				batchSize = "50", batchLinger = "100ms", maxAckPending = "10")
		void handle(List<Integer> numbers) throws InterruptedException {
			this.begun.addAll(numbers);
			InTime.await(this.gate);
		}

	}

}
