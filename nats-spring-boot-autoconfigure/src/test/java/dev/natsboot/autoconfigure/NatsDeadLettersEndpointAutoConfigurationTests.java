package dev.natsboot.autoconfigure;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.natsboot.actuate.DeadLettersDescriptor;
import dev.natsboot.actuate.NatsDeadLettersEndpoint;
import dev.natsboot.actuate.NatsDeadLettersEndpointWebExtension;
import dev.natsboot.actuate.NatsEndpoint;
import dev.natsboot.annotation.NatsListener;
import dev.natsboot.convert.NatsMessageHeaders;
import dev.natsboot.core.JetStreamTemplate;
import dev.natsboot.deadletter.DeadLetterOperations;
import dev.natsboot.deadletter.DeadLetterTemplate;
import dev.natsboot.testsupport.NatsServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.mock;

class NatsDeadLettersEndpointAutoConfigurationTests {

	private NatsServer server;

	@BeforeEach
	void start() {
		this.server = new NatsServer();
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void showsSendsBackAndDropsWhatAListenerGaveUp() {
		runner().run((context) -> {
			Handlers handlers = context.getBean(Handlers.class);
			JetStreamTemplate jetStream = context.getBean(JetStreamTemplate.class);
			jetStream.publish("shop.a", "one", Map.of("Nats-Msg-Id", "m-1"));
			jetStream.publish("shop.b", "two");
			jetStream.publish("shop.b", "three");
			await().untilAsserted(() -> assertThat(list(context).listeners()).isEqualTo(Map.of("shop", 3L)));
			assertThat(list(context).streams()).isEqualTo(Map.of("SHOP_DLQ", 3L));
			NatsDeadLettersEndpoint endpoint = context.getBean(NatsDeadLettersEndpoint.class);
			DeadLettersDescriptor.Detail detail = endpoint.deadLetter("SHOP_DLQ:1");
			assertThat(detail.body()).isEqualTo("one");
			assertThat(detail.deadLetter().subject()).isEqualTo("shop.a");
			assertThat(endpoint.deadLetter("SHOP_DLQ:9")).isNull();
			NatsDeadLettersEndpointWebExtension web = context.getBean(NatsDeadLettersEndpointWebExtension.class);
			handlers.failing.set(false);
			assertThat(ok(web.redrive("SHOP_DLQ:1", "redrive", null)))
				.isEqualTo(new DeadLettersDescriptor.Redriven("SHOP_DLQ:1", "shop.a", "SHOP", 4, false));
			await().untilAsserted(() -> assertThat(handlers.handled).containsExactly("one m-1"));
			assertThat(ok(web.drop("SHOP_DLQ:2"))).isEqualTo(report(1));
			assertThat(ok(web.redriveAll("redrive", null, "shop.*", null, null, 0))).isEqualTo(report(1));
			await().untilAsserted(() -> assertThat(handlers.handled).hasSize(2));
			assertThat(list(context).deadLetters()).isEmpty();
			assertThat(ok(web.dropAll(true, null, null, null))).isEqualTo(report(0));
		});
	}

	@Test
	void saysWhatIsWrongWithARequest() {
		runner().run((context) -> {
			NatsDeadLettersEndpointWebExtension web = context.getBean(NatsDeadLettersEndpointWebExtension.class);
			assertFailure(web.redrive("first", "redrive", null), 400, "for example ORDERS_DLQ:7");
			assertFailure(web.redrive("SHOP_DLQ:900", "redrive", null), 404, "There is no dead letter SHOP_DLQ:900");
			assertFailure(web.redrive("SHOP:1", "redrive", null), 404, "Dead-letter streams are [SHOP_DLQ]");
			assertFailure(web.redrive("SHOP_DLQ:1", "resend", null), 400, "use {\"action\":\"redrive\"}");
			assertFailure(web.redriveAll("redrive", null, null, null, null, null), 400, "or all=true");
			assertFailure(web.redriveAll("redrive", true, null, null, null, -1), 400, "redrive-rate=100");
			assertFailure(web.dropAll(false, null, null, null), 400, "or all=true");
		});
	}

	@Test
	void isReadOnlyUnlessAllowed() {
		assertThat(NatsDeadLettersEndpoint.class.getAnnotation(Endpoint.class).defaultAccess())
			.isEqualTo(Access.READ_ONLY);
	}

	@Test
	void theEndpointOfEverythingNamesTheDeadLetterStreams() {
		runner().run((context) -> {
			context.getBean(JetStreamTemplate.class).publish("dlq.shop.x", "dead");
			assertThat(context.getBean(NatsEndpoint.class).nats(null).deadLetters())
				.isEqualTo(Map.of("natsConnectionManager/SHOP_DLQ", 1L));
		});
	}

	@Test
	void backsOffWithoutActuatorAndWhenNotExposed() {
		runner().withClassLoader(new FilteredClassLoader(Endpoint.class))
			.run((context) -> assertThat(context).hasSingleBean(DeadLetterTemplate.class)
				.doesNotHaveBean("natsDeadLettersEndpoint"));
		runner().withPropertyValues("management.endpoints.web.exposure.include=nats")
			.run((context) -> assertThat(context).doesNotHaveBean(NatsDeadLettersEndpoint.class));
	}

	@Test
	void backsOffWhenTheUserDefinesOperations() {
		runner().withBean("mine", DeadLetterOperations.class, () -> mock(DeadLetterOperations.class))
			.run((context) -> assertThat(context).hasSingleBean(DeadLetterOperations.class).hasBean("mine"));
	}

	@Test
	void takesTheStreamsAndTheRateFromProperties() {
		runner().withPropertyValues("nats.dead-letters.streams=SHOP")
			.run((context) -> assertThat(context.getBean(DeadLetterOperations.class).streams())
				.containsExactly("SHOP"));
		runner().withPropertyValues("nats.dead-letters.redrive-rate=-5")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("The rate of redriving is -5, but must be 1 or more dead letters per second"));
	}

	private static DeadLettersDescriptor.Report report(long done) {
		return new DeadLettersDescriptor.Report(done, 0, Map.of(), null);
	}

	private static DeadLettersDescriptor list(ApplicationContext context) {
		return context.getBean(NatsDeadLettersEndpoint.class).deadLetters(null, null, null, null, null, null, null);
	}

	private static OperationResponseBody ok(WebEndpointResponse<OperationResponseBody> response) {
		assertThat(response.getStatus()).isEqualTo(200);
		return response.getBody();
	}

	private static void assertFailure(WebEndpointResponse<OperationResponseBody> response, int status, String text) {
		assertThat(response.getStatus()).isEqualTo(status);
		assertThat(response.getBody()).asString().contains(text);
	}

	private ApplicationContextRunner runner() {
		return new ApplicationContextRunner()
			.withPropertyValues("nats.servers=" + this.server.url(),
					"management.endpoints.web.exposure.include=nats,natsdeadletters",
					"nats.jetstream.streams.SHOP.subjects=shop.*", "nats.jetstream.streams.SHOP_DLQ.subjects=dlq.>",
					"nats.listener.dead-letter-subject=dlq.{listener}.{subject}", "nats.listener.max-deliver=1")
			.withBean(Handlers.class)
			.withConfiguration(AllNatsAutoConfigurations.get());
	}

	static class Handlers {

		private final AtomicBoolean failing = new AtomicBoolean(true);

		private final Queue<String> handled = new ConcurrentLinkedQueue<>();

		@NatsListener(id = "shop", stream = "SHOP", consumer = "worker")
		void shop(String payload, NatsMessageHeaders headers) {
			if (this.failing.get()) {
				throw new IllegalStateException("closed");
			}
			this.handled.add(payload + " " + headers.originalMessageId());
		}

	}

}
