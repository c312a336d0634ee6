package dev.natsboot.annotation;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.testsupport.InTime;
import io.nats.client.Connection;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What is kept alive while the server is away: the room that the client has for such
 * times belongs to what the application publishes.
 */
class KeepAliveOutageTests {

	private static final int MESSAGES = 100;

	@Test
	void leavesTheOutgoingQueueToTheApplication() throws Exception {
		try (ListenerRig rig = new ListenerRig()) {
			rig.stream("ORDERS", "orders.>");
			IntStream.range(0, MESSAGES).forEach((i) -> rig.publish("orders.push", Integer.toString(i)));
			rig.runner(Push.class, SmallQueue.class).withAllowBeanDefinitionOverriding(true).run((context) -> {
				await().until(() -> rig.consumer("ORDERS", "push").getNumAckPending() == MESSAGES);
				Connection connection = context.getBean(NatsConnectionManager.class).current();
				rig.server().kill();
				await().until(() -> connection.getStatus() != Connection.Status.CONNECTED);
				await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(10)).until(() -> {
					connection.publish("orders.during", new byte[0]);
					return true;
				});
				rig.server().start();
				rig.client().close();
				rig.connect();
				Push listener = context.getBean(Push.class);
				listener.gate.countDown();
				await().untilAsserted(() -> assertThat(listener.handled).hasSize(MESSAGES));
				await().until(() -> rig.consumer("ORDERS", "push").getNumAckPending() == 0);
			});
		}
	}

	/**
	 * One with room for some more messages than wait for the handler.
	 */
	@Configuration(proxyBeanMethods = false)
	static class SmallQueue {

		@Bean
		NatsConnectionManager natsConnectionManager(@Value("${test.url}") String url) {
			return NatsConnectionManager.builder()
				.options((options) -> options.server(url)
					.reconnectWait(Duration.ofMillis(50))
					.maxMessagesInOutgoingQueue(2 * MESSAGES))
				.build();
		}

	}

	static class Push {

		final Set<Integer> handled = ConcurrentHashMap.newKeySet();

		final CountDownLatch gate = new CountDownLatch(1);

		@NatsListener(subjects = "orders.push", stream = "ORDERS", consumer = "push", consumerType = "push",
				ackWait = "900ms")
		void handle(int number) throws InterruptedException {
			InTime.await(this.gate);
			this.handled.add(number);
		}

	}

}
