package dev.natsboot.annotation;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import dev.natsboot.autoconfigure.NatsServiceAutoConfiguration;
import dev.natsboot.core.NatsServiceErrorException;
import dev.natsboot.core.NatsTemplate;
import dev.natsboot.listener.ListenerErrorHandler;
import dev.natsboot.listener.NatsListenerEndpointRegistry;
import dev.natsboot.service.ServiceError;
import dev.natsboot.service.ServiceErrorCode;
import dev.natsboot.service.ServiceErrorResolver;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Subscription;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Positive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.handler.annotation.SendTo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * A listener on a core subscription whose result is the reply answers its failures, too.
 */
class ErrorReplyTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	@RegisterExtension
	private static final ListenerRig rig = new ListenerRig();

	@Test
	void aFailureOfTheMethodIsAnsweredWithItsCode() {
		runner(Orders.class).run((context) -> {
			assertError(request("orders.find", "7"), 500, "No order 7");
			assertError(request("orders.coded", "7"), 410, "Order 7 was deleted");
			assertError(request("orders.error", "7"), 500, "AssertionError");
			assertThatExceptionOfType(NatsServiceErrorException.class)
				.isThrownBy(
						() -> context.getBean(NatsTemplate.class).request("orders.refused", "7", String.class, TIMEOUT))
				.satisfies((ex) -> {
					assertThat(ex.getCode()).isEqualTo(409);
					assertThat(ex.getError()).isEqualTo("Order 7 is paid");
				});
		});
	}

	@Test
	void aMessageThatCantBeReadOrIsNotValidIsAnsweredWith400() {
		runner(Orders.class).run((context) -> {
			Message unreadable = request("orders.price", "{broken");
			assertThat(unreadable.getHeaders().getFirst(ServiceError.CODE_HEADER)).isEqualTo("400");
			assertThat(unreadable.getHeaders().getFirst(ServiceError.TEXT_HEADER)).isNotBlank();
			assertError(request("orders.price", "{\"amount\":-1}"), 400,
					"Invalid request: amount must be greater than 0");
			assertThat(text(request("orders.price", "{\"amount\":1}"))).isEqualTo("2");
		});
	}

	@Test
	void aResultThatFailsLaterIsAnswered() {
		runner(Orders.class).run((context) -> {
			assertError(request("orders.later", "7"), 410, "Order 7 was deleted");
			assertError(request("orders.mono", "7"), 410, "Order 7 was deleted");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "orders.unwritable", "orders.large" })
	void aReplyThatCantBeSentIsAnsweredWith500(String subject) {
		runner(Orders.class).run((context) -> assertError(request(subject, "7"), 500, "Reply could not be sent"));
	}

	@Test
	void theErrorHandlerSeesWhyAReplyCouldNotBeSent() {
		runner(Orders.class).run((context) -> {
			request("orders.unwritable", "7");
			Queue<Throwable> causes = context.getBean(Orders.class).causes;
			await()
				.untilAsserted(() -> assertThat(causes).singleElement().isInstanceOf(MessageConversionException.class));
		});
	}

	@Test
	void aTextThatIsNoHeaderIsAnswered() {
		runner(Orders.class).run((context) -> assertError(request("orders.text", "nats://me:hunter2@host"), 500,
				"Gr\\u00f6\\u00dfe fehlt: nats://***@host"));
	}

	@Test
	void severalWorkersAnswerEachFailure() {
		runner(Orders.class).run((context) -> {
			List<CompletableFuture<Message>> replies = List.of(send("orders.many", "1"), send("orders.many", "2"),
					send("orders.many", "3"));
			for (int i = 0; i < replies.size(); i++) {
				assertError(replies.get(i).get(5, TimeUnit.SECONDS), 500, "No order " + (i + 1));
			}
		});
	}

	@Test
	void aFailureIsAnsweredOnceAndAlsoWhenTheErrorHandlerFails() {
		runner(Orders.class).run((context) -> {
			Subscription replies = rig.client().subscribe("replies.once");
			rig.client().publish("orders.unhandled", "replies.once", "7".getBytes());
			rig.client().publish("orders.unhandled", "replies.once", "8".getBytes());
			assertError(replies.nextMessage(TIMEOUT), 500, "No order 7");
			assertError(replies.nextMessage(TIMEOUT), 500, "No order 8");
			replies.unsubscribe();
		});
	}

	@Test
	void theApplicationsResolverAndPropertyCountForListenersToo() {
		runner(Orders.class).withPropertyValues("nats.service.error-messages=false")
			.run((context) -> assertError(request("orders.find", "7"), 500, "Internal error"));
		runner(Orders.class).withBean(ServiceErrorResolver.class, () -> (failure) -> new ServiceError(418, "teapot"))
			.run((context) -> assertError(request("orders.find", "7"), 418, "teapot"));
	}

	@Test
	void aMessageWithoutAReplySubjectIsAnsweredToNobody() {
		runner(Orders.class).run((context) -> {
			rig.client().publish("orders.find", "7".getBytes());
			assertError(request("orders.find", "8"), 500, "No order 8");
			Queue<Throwable> causes = context.getBean(Orders.class).causes;
			await().untilAsserted(() -> assertThat(causes).extracting(Throwable::getMessage)
				.containsExactly("No order 7", "No order 8"));
		});
	}

	/**
	 * What such a method would send comes before the last reply, over the same
	 * connection.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "silent.void", "silent.future", "silent.mono", "silent.forward" })
	void aMethodWhoseResultIsNoReplySendsNothing(String subject) {
		runner(Silent.class).run((context) -> {
			Connection client = rig.client();
			Subscription replies = client.subscribe("replies.silent");
			client.publish(subject, "replies.silent", "7".getBytes());
			Silent listener = context.getBean(Silent.class);
			NatsListenerEndpointRegistry registry = context.getBean(NatsListenerEndpointRegistry.class);
			await().untilAsserted(() -> assertThat(listener.failed).containsExactly("7"));
			registry.stop();
			registry.start();
			client.publish("silent.last", "replies.silent", "last".getBytes());
			assertThat(text(replies.nextMessage(TIMEOUT))).isEqualTo("last");
			replies.unsubscribe();
		});
	}

	private static ApplicationContextRunner runner(Class<?> type) {
		return rig.runner(type)
			.withConfiguration(
					AutoConfigurations.of(NatsServiceAutoConfiguration.class, ValidationAutoConfiguration.class));
	}

	private static CompletableFuture<Message> send(String subject, String text) {
		return rig.client().request(subject, text.getBytes());
	}

	private static Message request(String subject, String text) throws InterruptedException {
		return rig.client().request(subject, text.getBytes(), TIMEOUT);
	}

	private static String text(Message message) {
		return new String(message.getData());
	}

	private static void assertError(Message reply, int code, String text) {
		assertThat(reply).isNotNull();
		assertThat(reply.hasHeaders()).isTrue();
		assertThat(reply.getHeaders().getFirst(ServiceError.CODE_HEADER)).isEqualTo(Integer.toString(code));
		assertThat(reply.getHeaders().getFirst(ServiceError.TEXT_HEADER)).isEqualTo(text);
		assertThat(reply.getData()).isEmpty();
	}

	record Order(@Positive int amount) {
	}

	record Unwritable(String id) {

		public String getValue() {
			throw new IllegalStateException("secret");
		}

	}

	@ServiceErrorCode(410)
	static class GoneException extends RuntimeException {

		GoneException(String id) {
			super("Order " + id + " was deleted");
		}

	}

	static class Orders {

		final Queue<Throwable> causes = new ConcurrentLinkedQueue<>();

		@Bean
		ListenerErrorHandler errorHandler() {
			return (failure) -> {
				this.causes.add(failure.cause());
				throw new IllegalStateException("on purpose");
			};
		}

		@NatsListener("orders.find")
		String find(String id) {
			throw new IllegalStateException("No order " + id);
		}

		@NatsListener("orders.unhandled")
		String unhandled(String id) {
			throw new IllegalStateException("No order " + id);
		}

		@NatsListener(subjects = "orders.many", concurrency = "3")
		String many(String id) {
			throw new IllegalStateException("No order " + id);
		}

		@NatsListener("orders.coded")
		String coded(String id) {
			throw new GoneException(id);
		}

		@NatsListener("orders.refused")
		String refused(String id) {
			throw new NatsServiceErrorException(409, "Order " + id + " is paid");
		}

		@NatsListener("orders.error")
		String error(String id) {
			throw new AssertionError();
		}

		@NatsListener("orders.price")
		int price(@Valid Order order) {
			return 2 * order.amount();
		}

		@NatsListener("orders.later")
		CompletableFuture<String> later(String id) {
			return CompletableFuture.supplyAsync(() -> {
				throw new GoneException(id);
			});
		}

		@NatsListener("orders.mono")
		Mono<String> mono(String id) {
			return Mono.delay(Duration.ofMillis(10)).then(Mono.error(() -> new GoneException(id)));
		}

		@NatsListener("orders.unwritable")
		Unwritable unwritable(String id) {
			return new Unwritable(id);
		}

		@NatsListener("orders.large")
		byte[] large(String id) {
			return new byte[2 * 1024 * 1024];
		}

		@NatsListener("orders.text")
		String text(String text) {
			throw new IllegalStateException("Größe\r\n\tfehlt: " + text);
		}

	}

	static class Silent {

		final Queue<String> failed = new ConcurrentLinkedQueue<>();

		@NatsListener("silent.void")
		void nothing(String id) {
			fail(id);
		}

		@NatsListener("silent.future")
		CompletableFuture<Void> future(String id) {
			return CompletableFuture.runAsync(() -> fail(id));
		}

		@NatsListener("silent.mono")
		Mono<Void> mono(String id) {
			return Mono.fromRunnable(() -> fail(id));
		}

		@NatsListener("silent.forward")
		@SendTo("silent.forwarded")
		String forward(String id) {
			return fail(id);
		}

		@NatsListener("silent.last")
		String last(String text) {
			return text;
		}

		private String fail(String id) {
			this.failed.add(id);
			throw new IllegalStateException("No order " + id);
		}

	}

}
