package dev.natsboot.annotation;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import dev.natsboot.listener.DeadLetterHeaders;
import dev.natsboot.listener.NatsListenerEndpointRegistry;
import io.nats.client.api.MessageInfo;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.core.annotation.AliasFor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ComposedListenerTests {

	@RegisterExtension
	private static final ListenerRig rig = new ListenerRig().with("ORDERS", "orders.>").with("DEAD", "dead.>");

	@Test
	void anAnnotationThatIsAnnotatedMakesAListener() {
		rig.runner(Composed.class).run((context) -> {
			rig.publish("orders.composed", "1");
			Composed listener = context.getBean(Composed.class);
			await().untilAsserted(() -> assertThat(listener.seen).containsExactly("1"));
			assertThat(context.getBean(NatsListenerEndpointRegistry.class).getListenerContainer("composed"))
				.extracting((container) -> container.getEndpoint().consumer())
				.isEqualTo("composed");
		});
	}

	@Test
	void aPayloadThatIsNotValidIsDeadLetteredWithoutARetry() {
		rig.publish("orders.valid", "{\"id\":\" \"}");
		rig.publish("orders.valid", "{\"id\":\"good\"}");
		rig.runner(Validated.class)
			.withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
			.run((context) -> {
				Validated listener = context.getBean(Validated.class);
				await().untilAsserted(() -> assertThat(listener.seen).containsExactly("good"));
				await().untilAsserted(() -> assertThat(rig.messages("DEAD")).isEqualTo(1));
				MessageInfo dead = rig.management().getMessage("DEAD", 1);
				assertThat(dead.getHeaders().getFirst(DeadLetterHeaders.DELIVERIES)).isEqualTo("1");
				assertThat(dead.getHeaders().getFirst(DeadLetterHeaders.TEXT)).contains("id");
			});
	}

	@Test
	void listensWithoutAValidationLibrary() {
		rig.runner(Composed.class)
			.withClassLoader(new FilteredClassLoader("jakarta.validation", "org.hibernate.validator"))
			.run((context) -> {
				rig.publish("orders.composed", "2");
				Composed listener = context.getBean(Composed.class);
				await().untilAsserted(() -> assertThat(listener.seen).contains("2"));
			});
	}

	@Retention(RetentionPolicy.RUNTIME)
	@NatsListener(stream = "ORDERS", consumer = "composed", subjects = "orders.composed")
	@interface OrderListener {

		@AliasFor(annotation = NatsListener.class)
		String id();

	}

	static class Composed {

		final Queue<String> seen = new ConcurrentLinkedQueue<>();

		@OrderListener(id = "composed")
		void handle(String text) {
			this.seen.add(text);
		}

	}

	record Order(@NotBlank String id) {
	}

	static class Validated {

		final Queue<String> seen = new ConcurrentLinkedQueue<>();

		@NatsListener(stream = "ORDERS", consumer = "valid", subjects = "orders.valid",
				deadLetterSubject = "dead.valid")
		void handle(@Valid Order order) {
			this.seen.add(order.id());
		}

	}

}
