package dev.natsboot.annotation;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.core.EndpointState.Status;
import dev.natsboot.listener.ListenerContainer;
import dev.natsboot.listener.NatsListenerEndpointRegistry;
import dev.natsboot.testsupport.InTime;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Nats;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A push consumer: what a pull consumer does too, and what only it has.
 */
class PushListenerTests {

	@RegisterExtension
	private static final ListenerRig rig = new ListenerRig().with("ORDERS", "orders.>").with("DEAD", "dead.>");

	@Test
	void instancesShareADurableConsumerThroughItsDeliverGroup() {
		rig.runner(Push.class).run((context) -> rig.runner(Push.class).run((other) -> {
			Queue<Integer> one = context.getBean(Push.class).seen;
			Queue<Integer> two = other.getBean(Push.class).seen;
			publish(0, 300);
			await().untilAsserted(() -> assertThat(one.size() + two.size()).isEqualTo(300));
			assertThat(one).isNotEmpty().doesNotContainAnyElementsOf(two);
			assertThat(two).isNotEmpty();
			await().untilAsserted(() -> assertThat(rig.consumer("ORDERS", "push").getNumAckPending()).isZero());
			assertThat(configuration().getDeliverGroup()).isEqualTo("push");
			assertThat(configuration().getDeliverSubject()).isEqualTo("_INBOX.deliver.ORDERS.push");
		}));
	}

	@Test
	void anInstanceThatStopsLeavesItsMessagesToTheOther() {
		rig.runner(Stepping.class).run((context) -> rig.runner(Stepping.class).run((other) -> {
			Stepping one = context.getBean(Stepping.class);
			Stepping two = other.getBean(Stepping.class);
			publish(0, 100);
			await().untilAsserted(() -> assertThat(rig.consumer("ORDERS", "push").getNumAckPending()).isEqualTo(100));
			CompletableFuture<Void> stopped = CompletableFuture.runAsync(container(context)::stop);
			await().untilAsserted(() -> assertThat(container(context).getState().status()).isEqualTo(Status.STOPPING));
			one.steps.release(1);
			assertThat(stopped).succeedsWithin(Duration.ofSeconds(30));
			two.steps.release(100);
			await().untilAsserted(() -> assertThat(rig.consumer("ORDERS", "push").getNumAckPending()).isZero());
			assertThat(one.begun).hasSize(1);
			assertThat(two.begun).hasSize(99).doesNotContainAnyElementsOf(one.begun);
		}));
	}

	@Test
	void aFailureIsRetriedWithDelaysAndThenDeadLettered() {
		publish(7, 8);
		rig.runner(Failing.class).run((context) -> {
			await().untilAsserted(() -> assertThat(rig.messages("DEAD")).isEqualTo(1));
			await().untilAsserted(() -> assertThat(rig.consumer("ORDERS", "push").getNumAckPending()).isZero());
			assertThat(context.getBean(Failing.class).calls).hasValue(3);
		});
	}

	@Test
	void noMoreThanMayBeUnacknowledgedIsDelivered() {
		publish(0, 100);
		rig.runner(Bounded.class).run((context) -> {
			Bounded listener = context.getBean(Bounded.class);
			await().untilAsserted(() -> assertThat(rig.consumer("ORDERS", "push").getNumAckPending()).isEqualTo(10));
			await().during(Duration.ofSeconds(3))
				.untilAsserted(() -> assertThat(rig.consumer("ORDERS", "push").getDelivered().getConsumerSequence())
					.isEqualTo(10));
			listener.steps.release(100);
			await().untilAsserted(() -> assertThat(listener.begun).containsExactlyElementsOf(numbers(100)));
		});
	}

	@Test
	void aConsumerThatIsDeletedIsMadeAgain() {
		rig.runner(Push.class).withPropertyValues("nats.listener.consumer-info-interval=200ms").run((context) -> {
			Push listener = context.getBean(Push.class);
			publish(0, 3);
			await().untilAsserted(() -> assertThat(listener.seen).containsExactly(0, 1, 2));
			rig.management().deleteConsumer("ORDERS", "push");
			publish(3, 4);
			await().untilAsserted(() -> assertThat(listener.seen).contains(3));
			await().until(() -> container(context).getState().status() == Status.RUNNING);
		});
	}

	@Test
	void anEphemeralConsumerHasHeartbeatsAndFlowControlAndGoesOnWhenItIsDeleted() {
		rig.runner(Ephemeral.class).withPropertyValues("nats.listener.consumer-info-interval=200ms").run((context) -> {
			Ephemeral listener = context.getBean(Ephemeral.class);
			publish(0, 2000);
			await().untilAsserted(() -> assertThat(listener.seen).containsExactlyElementsOf(numbers(2000)));
			String name = rig.management().getConsumerNames("ORDERS").get(0);
			ConsumerConfiguration configuration = rig.consumer("ORDERS", name).getConsumerConfiguration();
			assertThat(configuration.isFlowControl()).isTrue();
			assertThat(configuration.getIdleHeartbeat()).isEqualTo(Duration.ofSeconds(5));
			assertThat(configuration.getDeliverGroup()).isNull();
			rig.management().deleteConsumer("ORDERS", name);
			publish(2000, 2010);
			await().untilAsserted(() -> assertThat(listener.seen).containsExactlyElementsOf(numbers(2010)));
		});
	}

	@Test
	void answersTheFlowControlOfTheServer() {
		rig.runner(Ephemeral.class).run((context) -> {
			String padding = " ".repeat(20_000);
			for (int number = 0; number < 1500; number++) {
				rig.publish("orders.push", padding + number);
			}
			await().untilAsserted(
					() -> assertThat(context.getBean(Ephemeral.class).seen).containsExactlyElementsOf(numbers(1500)));
		});
	}

	@Test
	void silenceIsNoticedByTheHeartbeat() {
		rig.runner(Ephemeral.class).withPropertyValues("nats.listener.consumer-info-interval=1h").run((context) -> {
			Ephemeral listener = context.getBean(Ephemeral.class);
			publish(0, 3);
			await().untilAsserted(() -> assertThat(listener.seen).containsExactly(0, 1, 2));
			rig.management().deleteConsumer("ORDERS", rig.management().getConsumerNames("ORDERS").get(0));
			publish(3, 5);
			await().atMost(Duration.ofSeconds(20))
				.untilAsserted(() -> assertThat(listener.seen).containsExactly(0, 1, 2, 3, 4));
		});
	}

	@Test
	void aSubscriptionThatGotLostIsMadeAgain() {
		rig.runner(Push.class, RecordedConnection.class)
			.withAllowBeanDefinitionOverriding(true)
			.withPropertyValues("nats.listener.consumer-info-interval=100ms")
			.run((context) -> {
				Queue<Integer> seen = context.getBean(Push.class).seen;
				publish(0, 1);
				await().untilAsserted(() -> assertThat(seen).containsExactly(0));
				String subject = configuration().getDeliverSubject();
				context.getBean(RecordedConnection.class).dispatchers
					.forEach((dispatcher) -> dispatcher.unsubscribe(subject));
				context.getBean(Connection.class).flush(Duration.ofSeconds(5));
				publish(1, 3);
				await().untilAsserted(() -> assertThat(seen).containsExactly(0, 1, 2));
				await().until(() -> container(context).getState().status() == Status.RUNNING);
			});
	}

	/**
	 * What the server sends in the very moment in which a subscription ends, it leaves to
	 * the ack wait.
	 */
	@Test
	void goesOnAfterAPause() {
		rig.runner(Ephemeral.class).withPropertyValues("nats.listener.ack-wait=3s").run((context) -> {
			Queue<Integer> seen = context.getBean(Ephemeral.class).seen;
			for (int round = 0; round < 5; round++) {
				publish(round * 100, round * 100 + 50);
				container(context).pause();
				publish(round * 100 + 50, (round + 1) * 100);
				container(context).resume();
			}
			await().atMost(Duration.ofSeconds(20))
				.untilAsserted(() -> assertThat(seen).containsExactlyInAnyOrderElementsOf(numbers(500)));
		});
	}

	@Test
	void aConsumerOfSomebodyElseKeepsItsDeliverSubject() throws Exception {
		foreign("elsewhere.orders", "workers");
		publish(0, 20);
		rig.runner(Push.class).run((context) -> {
			Queue<Integer> seen = context.getBean(Push.class).seen;
			await().untilAsserted(() -> assertThat(seen).containsExactlyElementsOf(numbers(20)));
			assertThat(configuration().getDeliverSubject()).isEqualTo("elsewhere.orders");
			assertThat(configuration().getDeliverGroup()).isEqualTo("workers");
		});
	}

	@Test
	void aConsumerWithoutAGroupIsNotSharedWithItsSubscriber() throws Exception {
		foreign("elsewhere.orders", null);
		Dispatcher subscriber = rig.client().createDispatcher((message) -> message.ack());
		subscriber.subscribe("elsewhere.orders");
		await().untilAsserted(() -> assertThat(rig.consumer("ORDERS", "push").isPushBound()).isTrue());
		rig.runner(Push.class).run((context) -> {
			assertThat(container(context).getState().status()).isEqualTo(Status.RECOVERING);
			assertThat(container(context).getState().lastError()).contains("has a subscriber already")
				.contains("nats.jetstream.consumers.push.deliver-group=push");
			rig.client().closeDispatcher(subscriber);
			publish(0, 3);
			await()
				.untilAsserted(() -> assertThat(context.getBean(Push.class).seen).containsExactlyInAnyOrder(0, 1, 2));
			container(context).pause();
			container(context).resume();
			publish(3, 4);
			await().untilAsserted(() -> assertThat(context.getBean(Push.class).seen).contains(3));
		});
	}

	@Test
	void aPullConsumerIsNotTakenForAPushConsumer() throws Exception {
		rig.management()
			.createConsumer("ORDERS",
					ConsumerConfiguration.builder().durable("push").ackPolicy(AckPolicy.Explicit).build());
		rig.runner(Push.class).run((context) -> {
			assertThat(container(context).getState().status()).isEqualTo(Status.RECOVERING);
			assertThat(container(context).getState().lastError()).contains("is a pull consumer")
				.contains("consumerType = \"pull\"");
		});
	}

	@Test
	void aServerThatIsKilledAndComesBackLosesNothing() throws Exception {
		try (ListenerRig own = new ListenerRig()) {
			own.stream("ORDERS", "orders.>");
			own.runner(Push.class, Ephemeral.class).withPropertyValues("ephemeral.id=ephemeral").run((context) -> {
				int published = 0;
				for (int outage = 0; outage < 3; outage++) {
					for (int number = 0; number < 200; number++) {
						own.publish("orders.push", Integer.toString(published++));
					}
					own.server().kill();
					own.server().start();
					own.client().close();
					own.connect();
				}
				own.publish("orders.push", Integer.toString(published++));
				List<Integer> all = numbers(published);
				await().untilAsserted(() -> assertThat(context.getBean(Push.class).seen).containsAll(all));
				await().untilAsserted(() -> assertThat(context.getBean(Ephemeral.class).seen).containsAll(all));
			});
		}
	}

	@Test
	void aHandlerThatTakesLongerThanTheAckWaitIsNotCalledTwice() {
		rig.runner(Stepping.class).run((context) -> {
			Stepping listener = context.getBean(Stepping.class);
			publish(0, 1);
			await().untilAsserted(() -> assertThat(listener.begun).hasSize(1));
			await().during(Duration.ofSeconds(4)).untilAsserted(() -> assertThat(listener.begun).hasSize(1));
			listener.steps.release();
			await().untilAsserted(() -> assertThat(rig.consumer("ORDERS", "push").getNumAckPending()).isZero());
		});
	}

	private static void foreign(String subject, String group) throws Exception {
		rig.management()
			.createConsumer("ORDERS",
					ConsumerConfiguration.builder()
						.durable("push")
						.filterSubject("orders.push")
						.ackPolicy(AckPolicy.Explicit)
						.deliverSubject(subject)
						.deliverGroup(group)
						.build());
	}

	private static ConsumerConfiguration configuration() {
		return rig.consumer("ORDERS", "push").getConsumerConfiguration();
	}

	private static ListenerContainer container(ApplicationContext context) {
		return context.getBean(NatsListenerEndpointRegistry.class).getListenerContainer("push");
	}

	private static List<Integer> numbers(int count) {
		return IntStream.range(0, count).boxed().toList();
	}

	private static void publish(int from, int to) {
		for (int number = from; number < to; number++) {
			rig.publish("orders.push", Integer.toString(number));
		}
	}

	/**
	 * A connection of which it is known who subscribes, and the inboxes.
	 */
	@Configuration(proxyBeanMethods = false)
	static class RecordedConnection {

		final Queue<Dispatcher> dispatchers = new ConcurrentLinkedQueue<>();

		private final Queue<String> inboxes = new ConcurrentLinkedQueue<>();

		@Bean(destroyMethod = "close")
		Connection recorded(@Value("${test.url}") String url) throws Exception {
			Connection connection = Nats.connect(url);
			return (Connection) Proxy.newProxyInstance(Connection.class.getClassLoader(),
					new Class<?>[] { Connection.class },
					(proxy, method, arguments) -> record(method.getName(), method.invoke(connection, arguments)));
		}

		@Bean
		NatsConnectionManager natsConnectionManager(Connection recorded) {
			return NatsConnectionManager.of(recorded);
		}

		private Object record(String method, Object result) {
			if (result instanceof Dispatcher dispatcher) {
				this.dispatchers.add(dispatcher);
			}
			if (method.equals("createInbox")) {
				this.inboxes.add((String) result);
			}
			return result;
		}

		/**
		 * Lose the subscriptions of pull consumers.
		 */
		void unsubscribeInboxes() {
			this.inboxes
				.forEach((inbox) -> this.dispatchers.forEach((dispatcher) -> dispatcher.unsubscribe(inbox + ".*")));
		}

	}

	static class Push {

		final Queue<Integer> seen = new ConcurrentLinkedQueue<>();

		@NatsListener(id = "push", subjects = "orders.push", stream = "ORDERS", consumer = "push",
				consumerType = "push")
		void handle(int number) {
			this.seen.add(number);
		}

	}

	static class Ephemeral {

		final Queue<Integer> seen = new ConcurrentLinkedQueue<>();

		@NatsListener(id = "${ephemeral.id:push}", subjects = "orders.push", stream = "ORDERS", consumerType = "push")
		void handle(int number) {
			this.seen.add(number);
		}

	}

	static class Failing {

		final AtomicInteger calls = new AtomicInteger();

		@NatsListener(subjects = "orders.push", stream = "ORDERS", consumer = "push", consumerType = "push",
				maxDeliver = "3", backoff = "50ms", deadLetterSubject = "dead.push")
		void handle(int number) {
			this.calls.incrementAndGet();
			throw new IllegalStateException("no");
		}

	}

	static class Bounded {

		final Queue<Integer> begun = new ConcurrentLinkedQueue<>();

		final Semaphore steps = new Semaphore(0);

		@NatsListener(subjects = "orders.push", stream = "ORDERS", consumer = "push", consumerType = "push",
				maxAckPending = "10", ackWait = "2s")
		void handle(int number) throws InterruptedException {
			this.begun.add(number);
			InTime.acquire(this.steps);
		}

	}

	static class Stepping {

		final Queue<Integer> begun = new ConcurrentLinkedQueue<>();

		final Semaphore steps = new Semaphore(0);

		@NatsListener(id = "push", subjects = "orders.push", stream = "ORDERS", consumer = "push",
				consumerType = "push", ackWait = "2s")
		void handle(int number) throws InterruptedException {
			this.begun.add(number);
			InTime.acquire(this.steps);
		}

	}

}
