package dev.natsboot.annotation;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.natsboot.autoconfigure.NatsAutoConfiguration;
import dev.natsboot.autoconfigure.NatsServiceAutoConfiguration;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Positive;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * What is said about messages and surroundings that aren't as expected.
 */
@ExtendWith(OutputCaptureExtension.class)
class BadInputTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private static final String READ = "Can't read a " + Order.class.getName() + " from the message on subject ";

	@RegisterExtension
	private static final ListenerRig rig = new ListenerRig();

	@Test
	void saysWhatACoreListenerCouldNotRead(CapturedOutput output) {
		runner(Orders.class).run((context) -> {
			rig.client().publish("orders.core", bytes("{\"id\":"));
			rig.client().publish("orders.core", bytes("{\"id\":1,\"quantity\":2}"));
			await(() -> context.getBean(Orders.class).received.equals(List.of(new Order(1, 2))));
			assertThat(output).contains("Listener 'core' failed on a message of 'orders.core', delivery 1")
				.contains(READ + "'orders.core': malformed JSON at line 1, column 7");
		});
	}

	@Test
	void deadLettersWhatAJetStreamListenerCouldNotRead(CapturedOutput output) throws Exception {
		rig.stream("ORDERS", "orders.js");
		rig.stream("DEAD", "dead.>");
		runner(StreamOrders.class).run((context) -> {
			rig.publish("orders.js", "{\"id\":");
			rig.publish("orders.js", "{\"id\":1,\"quantity\":2}");
			await(() -> context.getBean(StreamOrders.class).received.equals(List.of(new Order(1, 2))));
			await(() -> rig.messages("DEAD") == 1);
			Message dead = rig.client().jetStream().subscribe("dead.>").nextMessage(TIMEOUT);
			assertThat(dead.getData()).isEqualTo(bytes("{\"id\":"));
			assertThat(output)
				.contains(
						"Listener 'js' failed on a message of 'orders.js' (sequence 1 of stream 'ORDERS'), delivery 1")
				.contains(READ + "'orders.js': malformed JSON at line 1, column 7");
		});
	}

	@Test
	void warnsOfASubjectThatTheStreamDoesNotStore(CapturedOutput output) throws Exception {
		assumeTrue(rig.client().getServerInfo().isSameOrNewerThanVersion("2.10.0"), "a server that takes such filters");
		rig.stream("ORDERS", "orders.js");
		rig.runner(Misspelt.class)
			.run((context) -> await(() -> output.getAll()
				.contains(
						"Listener 'misspelt': consumer 'misspelt' gets no new message of [order.js], as stream 'ORDERS' "
								+ "stores [orders.js]: correct the subject, or add it to the stream, for example "
								+ "nats.jetstream.streams.ORDERS.subjects=orders.js,order.js")));
	}

	@Test
	void answersUnreadableRequests() {
		runner(OrderHandler.class)
			.run(request("{\"id\":", 400, READ + "'orders.get': malformed JSON at line 1, column 7"));
	}

	@Test
	void answersRequestsThatAreNotJson() {
		runner(OrderHandler.class)
			.run(request("Hello", 400, READ + "'orders.get': malformed JSON at line 1, column 1"));
	}

	@Test
	void answersEmptyRequests() {
		runner(OrderHandler.class).run(request("", 400, "The message of 'orders.get' has an empty body, but handle "
				+ "needs a payload: annotate the parameter with @Payload(required = false) to accept null"));
	}

	@Test
	void answersRequestsThatAreNull() {
		runner(OrderHandler.class)
			.run(request("null", 400, "The message of 'orders.get' has JSON null as its body, but "
					+ "handle needs a payload: annotate the parameter with @Payload(required = false) to accept null"));
	}

	@Test
	void answersRequestsThatLackANumber() {
		runner(OrderHandler.class).run(request("{\"id\":1}", 400, READ
				+ "'orders.get': the value of 'quantity' is missing or null at line 1, column 8, but type int needs one"));
	}

	@Test
	void answersInvalidRequests() {
		runner(OrderHandler.class)
			.run(request("{\"id\":1,\"quantity\":0}", 400, "Invalid request: quantity must be greater than 0"));
	}

	@Test
	void answersRequestsWithoutARequiredHeader() {
		runner(HeaderHandler.class)
			.run(request("x", 400, "The message of 'orders.get' has no header 'tenant': annotate "
					+ "the parameter with @Header(required = false) to accept null"));
	}

	@Test
	void answersRequestsWhoseHeaderIsOfAnotherType() {
		runner(HeaderHandler.class).run((context) -> {
			Headers headers = new Headers().add("tenant", "many");
			assertError(rig.client().request("orders.get", headers, bytes("x"), TIMEOUT), 400,
					"Header 'tenant' of the message of 'orders.get' is no int: 'many'");
		});
	}

	@Test
	void refusesAnUnknownStreamInModeValidate() {
		runner(StreamOrders.class)
			.withPropertyValues("nats.jetstream.provisioning=validate",
					"nats.jetstream.streams.UNKNOWN.subjects=unknown.>")
			.run((context) -> assertThat(context).getFailure()
				.hasRootCauseMessage(
						"JetStream is not as the application declares it:%n  - stream 'UNKNOWN' does not exist. Create it, or have "
							.formatted() + "it created: nats.jetstream.streams.UNKNOWN.provisioning=create"));
	}

	@Test
	void refusesToStartWithoutNatsWhenItIsToFailFast() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(NatsAutoConfiguration.class))
			.withPropertyValues("nats.startup=fail-fast", "nats.servers=nats://me:hunter2@localhost:1")
			.run((context) -> assertThat(context.getStartupFailure().getCause()).hasMessage(
					"Unable to connect to NATS at nats://localhost:1 (connection refused: Connection refused)"));
	}

	@Test
	void refusesAServerAddressThatIsNone() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(NatsAutoConfiguration.class))
			.withPropertyValues("nats.servers=nats://local host:4222")
			.run((context) -> assertThat(context).getFailure()
				.hasRootCauseMessage(
						"Property 'nats.servers' with value 'nats://local host:4222' is invalid: it is not the address of a server "
								+ "(schemes nats, tls, opentls, ws and wss; special characters in a user or password must be "
								+ "percent-encoded, %2F for / and %2C for a comma). A working example: "
								+ "nats.servers=nats://one.example.org:4222,nats://two.example.org:4222"));
	}

	private static ApplicationContextRunner runner(Class<?> type) {
		return rig.runner(type)
			.withConfiguration(
					AutoConfigurations.of(NatsServiceAutoConfiguration.class, ValidationAutoConfiguration.class))
			.withPropertyValues("nats.listener.dead-letter-subject=dead.{subject}");
	}

	private static ContextConsumer<AssertableApplicationContext> request(String payload, int code, String text) {
		return (context) -> assertError(rig.client().request("orders.get", bytes(payload), TIMEOUT), code, text);
	}

	private static void assertError(Message reply, int code, String text) {
		assertThat(reply.getHeaders().getFirst("Nats-Service-Error-Code")).isEqualTo(Integer.toString(code));
		assertThat(reply.getHeaders().getFirst("Nats-Service-Error")).isEqualTo(text);
	}

	private static void await(Callable<Boolean> condition) {
		Awaitility.await().atMost(TIMEOUT).until(condition);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	record Order(int id, @Positive int quantity) {
	}

	static class Orders {

		private final List<Order> received = new CopyOnWriteArrayList<>();

		@NatsListener(id = "core", subjects = "orders.core")
		void handle(Order order) {
			this.received.add(order);
		}

	}

	static class Misspelt {

		@NatsListener(id = "misspelt", subjects = "order.js", stream = "ORDERS", consumer = "misspelt")
		void handle(Order order) {
		}

	}

	static class StreamOrders {

		private final List<Order> received = new CopyOnWriteArrayList<>();

		@NatsListener(id = "js", stream = "ORDERS", consumer = "orders")
		void handle(Order order) {
			this.received.add(order);
		}

	}

	static class OrderHandler {

		@NatsRequestHandler("orders.get")
		Order handle(@Payload @Valid Order order) {
			return order;
		}

	}

	static class HeaderHandler {

		@NatsRequestHandler("orders.get")
		String handle(String payload, @Header("tenant") int tenant) {
			return payload + tenant;
		}

	}

}
