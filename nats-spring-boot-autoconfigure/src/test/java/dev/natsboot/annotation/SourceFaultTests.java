package dev.natsboot.annotation;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

import dev.natsboot.core.EndpointState.Status;
import dev.natsboot.listener.ListenerContainer;
import dev.natsboot.listener.NatsListenerEndpointRegistry;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Whatever type its consumer has, a listener receives again when the server, the stream
 * or the consumer is back.
 */
class SourceFaultTests {

	private ListenerRig rig;

	@BeforeEach
	void start() throws Exception {
		this.rig = new ListenerRig();
		this.rig.stream("ORDERS", "orders.>");
	}

	@AfterEach
	void stop() throws Exception {
		this.rig.close();
	}

	static Stream<String> sources() {
		return Stream.of("type=pull,consumer=durable", "type=pull", "type=push,consumer=durable", "type=push",
				"type=ordered");
	}

	@ParameterizedTest
	@MethodSource("sources")
	void attachesWhenTheServerComesLaterThanTheListener(String source) {
		this.rig.publish("orders.a", "1");
		this.rig.server().stop();
		run(source, (context, listener) -> {
			assertThat(container(context).getState().status()).isEqualTo(Status.STARTING);
			this.rig.server().start();
			reconnect();
			this.rig.publish("orders.a", "2");
			await().untilAsserted(() -> assertThat(listener.seen).containsExactly("1", "2"));
		});
	}

	@ParameterizedTest
	@MethodSource("sources")
	void goesOnWhenTheServerWasKilledAndIsBackAndWhenItIsStartedInTheOutage(String source) {
		run(source, (context, listener) -> {
			this.rig.publish("orders.a", "1");
			await().untilAsserted(() -> assertThat(listener.seen).containsExactly("1"));
			this.rig.server().kill();
			this.rig.server().start();
			reconnect();
			this.rig.publish("orders.a", "2");
			await().untilAsserted(() -> assertThat(listener.seen).contains("2"));
			this.rig.server().kill();
			container(context).stop();
			container(context).start();
			this.rig.server().start();
			reconnect();
			this.rig.publish("orders.a", "3");
			await().untilAsserted(() -> assertThat(listener.seen).contains("3"));
			await().untilAsserted(() -> assertThat(container(context).getState().status()).isEqualTo(Status.RUNNING));
		});
	}

	@ParameterizedTest
	@MethodSource("sources")
	void receivesFromAStreamThatWasDeletedAndIsBack(String source) {
		run(source, (context, listener) -> {
			this.rig.publish("orders.a", "1");
			await().untilAsserted(() -> assertThat(listener.seen).containsExactly("1"));
			this.rig.deleteStream("ORDERS");
			await().atMost(Duration.ofSeconds(20))
				.untilAsserted(() -> assertThat(container(context).getState().status()).isEqualTo(Status.RECOVERING));
			this.rig.stream("ORDERS", "orders.>");
			this.rig.publish("orders.a", "2");
			await().atMost(Duration.ofSeconds(20))
				.untilAsserted(() -> assertThat(listener.seen).containsExactly("1", "2"));
			await().untilAsserted(() -> assertThat(container(context).getState().status()).isEqualTo(Status.RUNNING));
		});
	}

	@Test
	void followsAPushConsumerToItsNewDeliverSubject() {
		run("type=push,consumer=durable", (context, listener) -> {
			this.rig.publish("orders.a", "1");
			await().untilAsserted(() -> assertThat(listener.seen).containsExactly("1"));
			this.rig.management().deleteConsumer("ORDERS", "durable");
			this.rig.management()
				.createConsumer("ORDERS",
						ConsumerConfiguration.builder()
							.durable("durable")
							.filterSubject("orders.*")
							.ackPolicy(AckPolicy.Explicit)
							.deliverSubject("elsewhere")
							.deliverGroup("others")
							.build());
			this.rig.publish("orders.a", "2");
			await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(listener.seen).contains("2"));
		});
	}

	private void reconnect() throws Exception {
		this.rig.client().close();
		this.rig.connect();
	}

	private void run(String source, Steps steps) {
		this.rig.runner(Any.class)
			.withPropertyValues("nats.listener.consumer-info-interval=300ms")
			.withPropertyValues(source.split(","))
			.run((context) -> steps.run(context, context.getBean(Any.class)));
	}

	private static ListenerContainer container(AssertableApplicationContext context) {
		return context.getBean(NatsListenerEndpointRegistry.class).getListenerContainer("any");
	}

	private interface Steps {

		void run(AssertableApplicationContext context, Any listener) throws Exception;

	}

	static class Any {

		final Queue<String> seen = new ConcurrentLinkedQueue<>();

		@NatsListener(id = "any", subjects = "orders.*", stream = "ORDERS", consumer = "${consumer:}",
				consumerType = "${type}")
		void handle(String text) {
			this.seen.add(text);
		}

	}

}
