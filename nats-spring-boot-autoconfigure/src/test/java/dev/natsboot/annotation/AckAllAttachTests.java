package dev.natsboot.annotation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import dev.natsboot.connection.NatsConnectionManager;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Nats;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A listener with one acknowledgement for many messages that can't call back what others
 * had.
 */
class AckAllAttachTests {

	@RegisterExtension
	private static final ListenerRig rig = new ListenerRig().with("ORDERS", "orders.>");

	@Test
	void anAttemptThatFailsLeavesNoSubscription() throws Exception {
		for (int i = 0; i < 3; i++) {
			rig.publish("orders.batches", Integer.toString(i));
		}
		leaveUnanswered(3);
		rig.runner(Batches.class, Unconfirmed.class).withAllowBeanDefinitionOverriding(true).run((context) -> {
			Unconfirmed connection = context.getBean(Unconfirmed.class);
			await().until(() -> connection.refusals.get() >= 3);
			await().untilAsserted(() -> assertThat(context.getBean(Batches.class).numbers).containsExactly(0, 1, 2));
			assertThat(connection.dispatchers).filteredOn(Dispatcher::isActive).hasSize(1);
		});
	}

	/**
	 * As a process does that is killed: it has got messages, and says nothing more.
	 */
	private static void leaveUnanswered(int count) throws Exception {
		rig.management()
			.addOrUpdateConsumer("ORDERS",
					ConsumerConfiguration.builder()
						.durable("batches")
						.filterSubject("orders.batches")
						.ackPolicy(AckPolicy.All)
						.ackWait(Duration.ofMinutes(5))
						.build());
		JetStreamSubscription killed = rig.client()
			.jetStream()
			.subscribe(null, PullSubscribeOptions.bind("ORDERS", "batches"));
		assertThat(killed.fetch(count, Duration.ofSeconds(5))).hasSize(count);
		killed.unsubscribe();
	}

	/**
	 * A connection on which the first attempts to call back get no confirmation.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Unconfirmed {

		final Queue<Dispatcher> dispatchers = new ConcurrentLinkedQueue<>();

		final AtomicInteger refusals = new AtomicInteger();

		@Bean(destroyMethod = "close")
		Connection unconfirming(@Value("${test.url}") String url) throws Exception {
			Connection connection = Nats.connect(url);
			return (Connection) Proxy.newProxyInstance(Connection.class.getClassLoader(),
					new Class<?>[] { Connection.class },
					(proxy, method, arguments) -> call(connection, method, arguments));
		}

		@Bean
		NatsConnectionManager natsConnectionManager(Connection unconfirming) {
			return NatsConnectionManager.of(unconfirming);
		}

		private Object call(Connection connection, Method method, Object[] arguments) throws Throwable {
			if (method.getName().equals("request") && isCallBack(arguments) && this.refusals.incrementAndGet() <= 3) {
				return null;
			}
			try {
				Object result = method.invoke(connection, arguments);
				if (result instanceof Dispatcher dispatcher) {
					this.dispatchers.add(dispatcher);
				}
				return result;
			}
			catch (InvocationTargetException ex) {
				throw ex.getCause();
			}
		}

		private static boolean isCallBack(Object[] arguments) {
			return arguments.length == 3 && arguments[1] instanceof byte[] data
					&& Arrays.equals("-NAK".getBytes(), data);
		}

	}

	static class Batches {

		final Queue<Integer> numbers = new ConcurrentLinkedQueue<>();

		@NatsListener(subjects = "orders.batches", stream = "ORDERS", consumer = "batches", ackMode = "all",
				batchSize = "10")
		void handle(List<Integer> batch) {
			this.numbers.addAll(batch);
		}

	}

}
