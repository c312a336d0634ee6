package dev.natsboot.annotation;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import dev.natsboot.core.EndpointState.Status;
import dev.natsboot.listener.ListenerContainer;
import dev.natsboot.listener.NatsListenerEndpointRegistry;
import dev.natsboot.listener.OutageErrorHandler;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.backoff.FixedBackOff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A listener whose dependency is out of order.
 */
class OutageTests {

	@RegisterExtension
	private static final ListenerRig rig = new ListenerRig().with("ORDERS", "orders.>").with("DEAD", "dead.>");

	@Test
	void aListenerPausesInAnOutageAndHandlesEverythingAfterIt() {
		rig.runner(Paying.class).run((context) -> {
			Gateway gateway = context.getBean(Gateway.class);
			ListenerContainer container = context.getBean(NatsListenerEndpointRegistry.class)
				.getListenerContainer("paying");
			gateway.down = true;
			for (int i = 0; i < 10; i++) {
				rig.publish("orders.pay", Integer.toString(i));
			}
			await().untilAsserted(() -> assertThat(container.getState().status()).isEqualTo(Status.PAUSED));
			await().untilAsserted(() -> assertThat(gateway.probes).hasValueGreaterThan(3));
			assertThat(gateway.charged).isEmpty();
			gateway.down = false;
			await().untilAsserted(() -> assertThat(gateway.charged).hasSize(10).doesNotHaveDuplicates());
			await().untilAsserted(() -> assertThat(container.getState().status()).isEqualTo(Status.RUNNING));
		});
	}

	@Test
	void outagesCostNoDelivery() {
		rig.runner(Paying.class).run((context) -> {
			Gateway gateway = context.getBean(Gateway.class);
			gateway.down = true;
			rig.publish("orders.pay", "1");
			for (int outage = 1; outage <= 4; outage++) {
				int calls = outage;
				await().untilAsserted(() -> assertThat(gateway.calls).hasValue(calls));
				await().untilAsserted(() -> assertThat(
						context.getBean(NatsListenerEndpointRegistry.class).getListenerContainer("paying").isPaused())
					.isTrue());
				gateway.lieOnce = true;
			}
			gateway.down = false;
			await().untilAsserted(() -> assertThat(gateway.charged).containsExactly("1"));
			assertThat(rig.messages("DEAD")).isZero();
		});
	}

	@Test
	void whatIsNoOutageIsDecidedAsBefore() {
		rig.runner(Paying.class).run((context) -> {
			rig.publish("orders.pay", "wrong");
			await().untilAsserted(() -> assertThat(rig.messages("DEAD")).isEqualTo(1));
			assertThat(context.getBean(NatsListenerEndpointRegistry.class).getListenerContainer("paying").isPaused())
				.isFalse();
		});
	}

	@Test
	void anErrorOfAProbeDoesNotEndTheProbing() {
		rig.runner(Paying.class).run((context) -> {
			Gateway gateway = context.getBean(Gateway.class);
			gateway.error = new ExceptionInInitializerError("No gateway");
			gateway.down = true;
			rig.publish("orders.pay", "1");
			await().until(() -> gateway.probes.get() > 1);
			gateway.down = false;
			gateway.error = null;
			await().untilAsserted(() -> assertThat(gateway.charged).containsExactly("1"));
		});
	}

	static class Gateway {

		final Queue<String> charged = new ConcurrentLinkedQueue<>();

		final AtomicInteger probes = new AtomicInteger();

		final AtomicInteger calls = new AtomicInteger();

		volatile boolean down;

		volatile @Nullable Error error;

		/** The next probe succeeds, and the next call fails. */
		volatile boolean lieOnce;

		void charge(String order) {
			this.calls.incrementAndGet();
			if ("wrong".equals(order)) {
				throw new IllegalArgumentException("Wrong order");
			}
			if (this.down) {
				throw new IllegalStateException("Closed");
			}
			this.charged.add(order);
		}

		void requireAvailable() {
			this.probes.incrementAndGet();
			Error failure = this.error;
			if (failure != null) {
				throw failure;
			}
			if (this.down && !this.lieOnce) {
				throw new IllegalStateException("Closed");
			}
			this.lieOnce = false;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Paying {

		@Bean
		Gateway gateway() {
			return new Gateway();
		}

		@Bean
		Listener listener(Gateway gateway) {
			return new Listener(gateway);
		}

		@Bean
		OutageErrorHandler gatewayOutage(NatsListenerEndpointRegistry listeners, Gateway gateway) {
			OutageErrorHandler handler = new OutageErrorHandler(listeners, IllegalStateException.class::isInstance,
					gateway::requireAvailable);
			handler.setBackOff(new FixedBackOff(20, Long.MAX_VALUE));
			return handler;
		}

	}

	record Listener(Gateway gateway) {

		@NatsListener(id = "paying", stream = "ORDERS", subjects = "orders.pay", consumer = "paying", maxDeliver = "2",
				backoff = "10ms", deadLetterSubject = "dead.pay", errorHandler = "gatewayOutage")
		void handle(String order) {
			this.gateway.charge(order);
		}

	}

}
