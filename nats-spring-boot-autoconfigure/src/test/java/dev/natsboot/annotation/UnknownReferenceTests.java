package dev.natsboot.annotation;

import dev.natsboot.listener.MessageFilter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.SendTo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What an application prints that can't start because a handler method refers to a bean
 * or to a property that isn't there.
 */
@ExtendWith(OutputCaptureExtension.class)
class UnknownReferenceTests {

	@Test
	void saysHowToDeclareTheFirstBeanOfAType(CapturedOutput output) {
		assertReported(output, NoErrorHandler.class,
				"'errorHandler' is 'nope', but there is no bean of this name, and there is none of type "
						+ "dev.natsboot.listener.ListenerErrorHandler: declare one, for example @Bean(\"nope\") "
						+ "ListenerErrorHandler errorHandler()");
	}

	@Test
	void namesTheBeansOfTheType(CapturedOutput output) {
		assertReported(output, NoFilter.class, "'filter' is 'nope', but there is no bean of this name, and of type "
				+ "dev.natsboot.listener.MessageFilter there are [german, french]: name one of them, for example "
				+ "filter = \"german\", or declare another");
	}

	@Test
	void namesTheConnections(CapturedOutput output) {
		assertReported(output, NoConnection.class, "'connection' is 'nope', but there is no bean of this name, and of "
				+ "type dev.natsboot.connection.NatsConnectionManager there are [natsConnectionManager]: name one of "
				+ "them, for example connection = \"natsConnectionManager\", or declare another");
	}

	@Test
	void namesTheConnectionsForARequestHandler(CapturedOutput output) {
		assertReported(output, NoHandlerConnection.class, "'connection' is 'nope', but there is no bean of this name, "
				+ "and of type dev.natsboot.connection.NatsConnectionManager there are [natsConnectionManager]: name "
				+ "one of them, for example connection = \"natsConnectionManager\", or declare another");
	}

	@Test
	void namesTheTypeOfABeanThatIsOfAnother(CapturedOutput output) {
		assertReported(output, OtherType.class,
				"'filter' is 'text', but this bean is a java.lang.String, and there is none of type "
						+ "dev.natsboot.listener.MessageFilter: declare one, for example @Bean(\"text\") "
						+ "MessageFilter filter()");
	}

	@Test
	void namesThePropertyThatMakesAStore(CapturedOutput output) {
		assertReported(output, NoStore.class,
				"'idempotency' is 'true', but there is no bean of type dev.natsboot.idempotency.IdempotencyStore: set "
						+ "nats.listener.idempotency.store, for example nats.listener.idempotency.store=memory, or "
						+ "declare a bean");
	}

	@Test
	void namesTheAttributeOfAPlaceholder(CapturedOutput output) {
		assertReported(output, NoSubject.class, unresolved("'subjects' of @NatsListener"));
		assertReported(output, NoHandlerSubject.class, unresolved("'subject' of @NatsRequestHandler"));
		assertReported(output, NoReplySubject.class, unresolved("'value' of @SendTo"));
		assertReported(output, NoHeader.class, unresolved("'name' of @Header"));
	}

	@Test
	void saysWhyAnExpressionCanNotBeEvaluated(CapturedOutput output) {
		assertReported(output, NoBeanOfExpression.class, "'#{@nope.subject}' can't be evaluated (No bean named 'nope' "
				+ "available): refer to beans as in #{@settings.subject} or #{settings.subject}");
	}

	private static String unresolved(String attribute) {
		return attribute + " is '${nope}', which can't be resolved (Could not resolve placeholder 'nope' in value "
				+ "\"${nope}\"): set the property 'nope', or give it a default, for example ${nope:none}";
	}

	private static void assertReported(CapturedOutput output, Class<?> listener, String problem) {
		SpringApplication application = new SpringApplication(Application.class, listener);
		assertThatExceptionOfType(InvalidHandlerMethodException.class).isThrownBy(application::run);
		assertThat(output).contains("Method handle of " + listener.getName() + ": " + problem + System.lineSeparator());
	}

	@EnableAutoConfiguration
	static class Application {

	}

	static class NoErrorHandler {

		@NatsListener(subjects = "orders", errorHandler = "nope")
		void handle(String order) {
		}

	}

	static class NoFilter {

		@Bean
		MessageFilter german() {
			return (message) -> true;
		}

		@Bean
		MessageFilter french() {
			return (message) -> true;
		}

		@NatsListener(subjects = "orders", filter = "nope")
		void handle(String order) {
		}

	}

	static class NoConnection {

		@NatsListener(subjects = "orders", connection = "nope")
		void handle(String order) {
		}

	}

	static class NoHandlerConnection {

		@NatsRequestHandler(subject = "orders", connection = "nope")
		void handle(String order) {
		}

	}

	static class OtherType {

		@Bean
		String text() {
			return "text";
		}

		@NatsListener(subjects = "orders", filter = "text")
		void handle(String order) {
		}

	}

	static class NoStore {

		@NatsListener(subjects = "orders", stream = "ORDERS", idempotency = "true")
		void handle(String order) {
		}

	}

	static class NoSubject {

		@NatsListener("${nope}")
		void handle(String order) {
		}

	}

	static class NoHandlerSubject {

		@NatsRequestHandler("${nope}")
		void handle(String order) {
		}

	}

	static class NoReplySubject {

		@NatsListener("orders")
		@SendTo("${nope}")
		String handle(String order) {
			return order;
		}

	}

	static class NoHeader {

		@NatsListener("orders")
		void handle(String order, @Header("${nope}") String tenant) {
		}

	}

	static class NoBeanOfExpression {

		@NatsListener("#{@nope.subject}")
		void handle(String order) {
		}

	}

}
