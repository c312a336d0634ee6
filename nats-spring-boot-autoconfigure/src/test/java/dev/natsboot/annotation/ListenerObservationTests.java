package dev.natsboot.annotation;

import dev.natsboot.autoconfigure.NatsObservationAutoConfiguration;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.context.annotation.Configuration;

import static org.awaitility.Awaitility.await;

class ListenerObservationTests {

	@RegisterExtension
	private static final ListenerRig rig = new ListenerRig().with("ORDERS", "orders.>");

	@Test
	void namesStreamAndConsumer() {
		TestObservationRegistry registry = TestObservationRegistry.create();
		rig.publish("orders.created", "1");
		rig.runner(Billing.class)
			.withConfiguration(AutoConfigurations.of(NatsObservationAutoConfiguration.class))
			.withBean(TestObservationRegistry.class, () -> registry)
			.run((context) -> await().untilAsserted(() -> TestObservationRegistryAssert.assertThat(registry)
				.hasObservationWithNameEqualTo("nats.process")
				.that()
				.hasBeenStopped()
				.hasLowCardinalityKeyValue("messaging.nats.listener", "billing-listener")
				.hasLowCardinalityKeyValue("messaging.nats.stream", "ORDERS")
				.hasLowCardinalityKeyValue("messaging.consumer.group.name", "billing")));
	}

	@Test
	void namesTheQueueGroupOfACoreSubscription() {
		TestObservationRegistry registry = TestObservationRegistry.create();
		rig.runner(Mailing.class)
			.withConfiguration(AutoConfigurations.of(NatsObservationAutoConfiguration.class))
			.withBean(TestObservationRegistry.class, () -> registry)
			.run((context) -> {
				rig.client().publish("mails", "1".getBytes());
				await().untilAsserted(() -> TestObservationRegistryAssert.assertThat(registry)
					.hasObservationWithNameEqualTo("nats.process")
					.that()
					.hasBeenStopped()
					.hasLowCardinalityKeyValue("messaging.nats.stream", "none")
					.hasLowCardinalityKeyValue("messaging.consumer.group.name", "mailing"));
			});
	}

	@Configuration(proxyBeanMethods = false)
	static class Billing {

		@NatsListener(id = "billing-listener", stream = "ORDERS", consumer = "billing")
		void handle(String order) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Mailing {

		@NatsListener(id = "mailing-listener", subjects = "mails", queue = "mailing")
		void handle(String order) {
		}

	}

}
