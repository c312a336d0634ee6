package dev.natsboot.annotation;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

import dev.natsboot.core.EndpointState;
import dev.natsboot.core.EndpointState.Status;
import dev.natsboot.listener.AckMode;
import dev.natsboot.listener.ConsumerType;
import dev.natsboot.listener.MessageListener;
import dev.natsboot.listener.NatsListenerEndpoint;
import dev.natsboot.listener.NatsListenerEndpointBuilder;
import dev.natsboot.listener.NatsListenerEndpointRegistry;
import dev.natsboot.topology.TopologyDifference;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Which attributes go together with which type of consumer, and what a listener says when
 * its consumer isn't as it wants it.
 */
class ConsumerTypeTests {

	private static final String[] DECLARED_AS_PUSH = { "nats.jetstream.consumers.payment.deliver-subject=push.payment",
			"nats.jetstream.consumers.payment.idle-heartbeat=1s" };

	@RegisterExtension
	private static final ListenerRig rig = new ListenerRig().with("ORDERS", "orders.>");

	static Stream<Arguments> contradictions() {
		String noAcks = ", but an ordered consumer has no acknowledgements";
		return Stream.of(
				Arguments.of("type=sideways",
						"'consumerType' is 'sideways', which can't be used (not one of [pull, push, ordered]), for "
								+ "example consumerType = \"ordered\""),
				Arguments.of("type=ordered,maxDeliver=3", "'maxDeliver' is '3'" + noAcks),
				Arguments.of("type=ordered,backoff=1s", "'backoff' is '1s'" + noAcks),
				Arguments.of("type=ordered,ackWait=1m", "'ackWait' is '1m'" + noAcks),
				Arguments.of("type=ordered,maxAckPending=5", "'maxAckPending' is '5'" + noAcks),
				Arguments.of("type=ordered,ackMode=manual", "'ackMode' is 'MANUAL'" + noAcks),
				Arguments.of("type=ordered,consumer=payment",
						"'consumer' is 'payment', but an ordered consumer is ephemeral"),
				Arguments.of("type=ordered,concurrency=4",
						"'concurrency' is '4', but an ordered consumer's messages are handled one after the other: set "
								+ "concurrency = \"1\""),
				Arguments.of("type=push,ackMode=none",
						"'ackMode' is 'NONE', but nothing would hold back a push consumer without acknowledgements: set "
								+ "ackMode = \"auto\", or consumerType = \"pull\""),
				Arguments.of("type=push,stream=", "'consumerType' is 'PUSH', but a consumer needs a stream: set "
						+ "'stream', for example stream = \"ORDERS\""));
	}

	@ParameterizedTest
	@CsvSource({ "ackMode, manual", "ackWait, 5s", "ackSyncTimeout, 1s", "maxDeliver, 3", "backoff, 1s",
			"backoffMultiplier, 2", "backoffMax, 1m", "backoffJitter, 0.1", "maxAckPending, 5",
			"deadLetterSubject, orders.dlq", "deliverPolicy, new", "startSequence, 1",
			"startTime, 2026-01-31T12:00:00Z", "batchSize, 10", "batchLinger, 1s" })
	void aCoreListenerHasNothingOfAStream(String attribute, String value) {
		rig.runner(Core.class)
			.withPropertyValues(attribute + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("'" + attribute + "' is '" + value + "', but a core subscription receives each "
						+ "message once and has no batches, acknowledgements and dead letters: remove '" + attribute
						+ "', or set 'stream', for example stream = \"ORDERS\""));
	}

	@ParameterizedTest
	@CsvSource({ "batchSize, 10", "batchLinger, 1s" })
	void aListenerOfSingleMessagesHasNoBatches(String attribute, String value) {
		rig.runner(Core.class)
			.withPropertyValues("stream=ORDERS", attribute + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("'" + attribute + "' is '" + value + "', but the method takes one message at a "
						+ "time: let it take a batch, for example List<Order> orders"));
	}

	@ParameterizedTest
	@MethodSource("contradictions")
	void aContradictionKeepsTheApplicationFromStarting(String properties, String message) {
		rig.runner(Any.class)
			.withPropertyValues("stream=ORDERS")
			.withPropertyValues(properties.split(","))
			.run((context) -> assertThat(context).getFailure().hasMessageContaining(message));
	}

	@Test
	void whatThePropertiesSayForAllListenersIsNoContradiction() {
		rig.runner(Any.class)
			.withPropertyValues("stream=ORDERS", "type=ordered", "nats.listener.concurrency=4",
					"nats.listener.ack-mode=manual", "nats.listener.max-deliver=3", "nats.listener.ack-wait=5s",
					"nats.listener.max-ack-pending=10")
			.run((context) -> assertThat(state(context).status()).isEqualTo(Status.RUNNING));
	}

	@ParameterizedTest
	@ValueSource(strings = { "Pull", "push", "ORDERED" })
	void theNameOfATypeMayBeWrittenInAnyCase(String type) {
		rig.publish("orders.a", "x");
		rig.runner(Any.class)
			.withPropertyValues("stream=ORDERS", "type=" + type)
			.run((context) -> await()
				.untilAsserted(() -> assertThat(context.getBean(Any.class).seen).containsExactly("x")));
	}

	@Test
	void aBuiltEndpointIsCheckedToo() {
		NatsListenerEndpointBuilder builder = NatsListenerEndpoint
			.builder("built", (MessageListener) (delivery) -> null)
			.stream("ORDERS")
			.consumerType(ConsumerType.ORDERED);
		assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageContaining("ackMode = \"none\"");
		assertThat(builder.ackMode(AckMode.NONE).build().consumerType()).isEqualTo(ConsumerType.ORDERED);
	}

	@Test
	void aPushConsumerIsNotTakenForAPullConsumer() throws Exception {
		rig.management()
			.createConsumer("ORDERS",
					ConsumerConfiguration.builder()
						.durable("payment")
						.ackPolicy(AckPolicy.Explicit)
						.deliverSubject("elsewhere")
						.build());
		rig.runner(Any.class)
			.withPropertyValues("stream=ORDERS", "consumer=payment")
			.run((context) -> assertThat(state(context).lastError()).contains("is a push consumer")
				.contains("consumerType = \"push\""));
	}

	@ParameterizedTest
	@ValueSource(strings = { "pull", "push", "ordered" })
	void severalSubjectsAreHandledOrTheVersionThatTheyNeedIsNamed(String type) {
		rig.publish("orders.a", "a");
		rig.publish("orders.b", "b");
		rig.publish("orders.c", "c");
		rig.publish("orders.a", "a2");
		rig.runner(Several.class).withPropertyValues("type=" + type, "subjects=orders.a,orders.b").run((context) -> {
			if (hasSeveralFilters()) {
				await().untilAsserted(
						() -> assertThat(context.getBean(Several.class).seen).containsExactly("a", "b", "a2"));
				return;
			}
			assertThat(state(context).status()).isEqualTo(Status.RECOVERING);
			assertThat(state(context).lastError()).contains("need nats-server 2.10.0 or later, connected to 2.9")
				.contains("use one subject with a wildcard");
		});
	}

	@Test
	void oneSubjectOfAListIsFilteredByEveryServer() {
		rig.publish("orders.a", "a");
		rig.publish("orders.b", "b");
		rig.runner(Several.class).withPropertyValues("type=pull", "subjects=orders.b").run((context) -> {
			await().untilAsserted(() -> assertThat(context.getBean(Several.class).seen).containsExactly("b"));
			String consumer = rig.management().getConsumerNames("ORDERS").get(0);
			assertThat(rig.consumer("ORDERS", consumer).getConsumerConfiguration().getFilterSubject())
				.isEqualTo("orders.b");
		});
	}

	@Test
	void subjectsOfWhichOneIncludesAnotherAreReported() {
		if (!hasSeveralFilters()) {
			return;
		}
		rig.runner(Several.class).withPropertyValues("type=pull", "subjects=orders.>,orders.a").run((context) -> {
			assertThat(state(context).status()).isEqualTo(Status.RECOVERING);
			assertThat(state(context).lastError()).contains("[10138]")
				.contains("orders.> instead of orders.> and orders.created");
		});
	}

	@Test
	void aConsumerThatDiffersIsUsedAndTheDifferencesAreNamed() throws Exception {
		rig.management()
			.createConsumer("ORDERS",
					ConsumerConfiguration.builder()
						.durable("payment")
						.ackPolicy(AckPolicy.Explicit)
						.deliverPolicy(DeliverPolicy.New)
						.build());
		rig.runner(Any.class)
			.withPropertyValues("stream=ORDERS", "consumer=payment", "ackWait=7s", "policy=all")
			.run((context) -> {
				assertThat(state(context).status()).isEqualTo(Status.RUNNING);
				assertThat(context.getBean(NatsListenerEndpointRegistry.class)
					.getListenerContainer("any")
					.getDifferences()).extracting(TopologyDifference::summary)
					.containsExactly("filter-subjects: declared orders.*, server none",
							"ack-wait: declared 7s, server 30s", "deliver-policy: declared all, server new");
			});
	}

	@Test
	void anUpdateChangesWhatTheServerCanChangeAndNamesTheRest() throws Exception {
		rig.management()
			.createConsumer("ORDERS",
					ConsumerConfiguration.builder()
						.durable("payment")
						.filterSubject("orders.*")
						.ackPolicy(AckPolicy.Explicit)
						.deliverPolicy(DeliverPolicy.New)
						.build());
		rig.runner(Any.class)
			.withPropertyValues("stream=ORDERS", "consumer=payment", "ackWait=7s", "policy=all",
					"nats.jetstream.provisioning=update")
			.run((context) -> {
				assertThat(state(context).lastError()).contains("deliver-policy: declared all, server new")
					.contains("The server can't change it")
					.doesNotContain("ack-wait");
				assertThat(rig.consumer("ORDERS", "payment").getConsumerConfiguration().getAckWait()).hasSeconds(7);
			});
	}

	@Test
	void aListenerWithoutSubjectsTakesTheFilterFromItsConsumerInAnUpdate() throws Exception {
		filteredConsumer();
		rig.runner(Any.class)
			.withPropertyValues("stream=ORDERS", "consumer=payment", "subject=", "nats.jetstream.provisioning=update")
			.run((context) -> {
				rig.publish("orders.a", "a");
				rig.publish("orders.b", "b");
				await().untilAsserted(() -> assertThat(context.getBean(Any.class).seen).containsExactly("a", "b"));
				assertThat(rig.consumer("ORDERS", "payment").getConsumerConfiguration().getFilterSubjects())
					.isNullOrEmpty();
				assertThat(differences(context)).isEmpty();
			});
	}

	@Test
	void aListenerWithoutSubjectsSaysThatItsConsumerHasAFilter() throws Exception {
		filteredConsumer();
		rig.runner(Any.class).withPropertyValues("stream=ORDERS", "consumer=payment", "subject=").run((context) -> {
			rig.publish("orders.a", "a");
			rig.publish("orders.b", "b");
			await().untilAsserted(() -> assertThat(context.getBean(Any.class).seen).containsExactly("b"));
			assertThat(differences(context)).extracting(TopologyDifference::summary)
				.containsExactly("filter-subjects: declared none, server orders.b");
			assertThat(differences(context)).extracting(TopologyDifference::advice)
				.containsExactly("Set nats.jetstream.provisioning=update to change the server, or declare the server's "
						+ "value (filter-subjects=orders.b)");
		});
	}

	@Test
	void aListenerWithoutSubjectsIsRefusedAFilterWhereDifferencesAre() throws Exception {
		filteredConsumer();
		rig.runner(Any.class)
			.withPropertyValues("stream=ORDERS", "consumer=payment", "subject=", "nats.jetstream.provisioning=validate")
			.run((context) -> assertThat(state(context).lastError())
				.contains("filter-subjects: declared none, server orders.b"));
	}

	@Test
	void aListenerWithoutSubjectsTakesAnyConsumerWhereNothingIsCompared() throws Exception {
		filteredConsumer();
		rig.runner(Any.class)
			.withPropertyValues("stream=ORDERS", "consumer=payment", "subject=", "nats.jetstream.provisioning=none")
			.run((context) -> {
				rig.publish("orders.b", "b");
				await().untilAsserted(() -> assertThat(context.getBean(Any.class).seen).containsExactly("b"));
				assertThat(differences(context)).isEmpty();
			});
	}

	@Test
	void aDeclaredConsumerWithAFilterIsAlsoValidForAListenerWithoutSubjects() {
		rig.runner(Any.class)
			.withPropertyValues("stream=ORDERS", "consumer=payment", "subject=", "nats.jetstream.provisioning=validate",
					"nats.jetstream.consumers.payment.stream=ORDERS",
					"nats.jetstream.consumers.payment.filter-subjects=orders.b",
					"nats.jetstream.consumers.payment.provisioning=create")
			.run((context) -> {
				rig.publish("orders.b", "b");
				await().untilAsserted(() -> assertThat(context.getBean(Any.class).seen).containsExactly("b"));
				assertThat(differences(context)).isEmpty();
			});
	}

	private static void filteredConsumer() throws Exception {
		rig.management()
			.createConsumer("ORDERS",
					ConsumerConfiguration.builder()
						.durable("payment")
						.filterSubject("orders.b")
						.ackPolicy(AckPolicy.Explicit)
						.build());
	}

	@Test
	void aDeclaredConsumerIsUsedByNameAndStaysAsItIsDeclared() {
		rig.runner(Any.class)
			.withPropertyValues("stream=ORDERS", "consumer=payment", "ackWait=7s", "subject=",
					"nats.jetstream.provisioning=update", "nats.jetstream.consumers.payment.stream=ORDERS",
					"nats.jetstream.consumers.payment.filter-subjects=orders.b",
					"nats.jetstream.consumers.payment.ack-wait=20s")
			.run((context) -> {
				rig.publish("orders.a", "a");
				rig.publish("orders.b", "b");
				await().untilAsserted(() -> assertThat(context.getBean(Any.class).seen).containsExactly("b"));
				assertThat(rig.consumer("ORDERS", "payment").getConsumerConfiguration().getAckWait()).hasSeconds(20);
				assertThat(differences(context)).extracting(TopologyDifference::summary)
					.containsExactly("ack-wait: declared 7s, server 20s");
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "pull", "push" })
	void aDeclaredConsumerThatIsDeletedComesBackAsItIsDeclared(String type) {
		rig.runner(Any.class)
			.withPropertyValues("stream=ORDERS", "consumer=payment", "type=" + type, "subject=",
					"nats.listener.consumer-info-interval=300ms", "nats.jetstream.consumers.payment.stream=ORDERS",
					"nats.jetstream.consumers.payment.filter-subjects=orders.b",
					"nats.jetstream.consumers.payment.deliver-policy=new")
			.withPropertyValues("push".equals(type) ? DECLARED_AS_PUSH : new String[0])
			.run((context) -> {
				rig.publish("orders.b", "1");
				rig.publish("orders.a", "foreign");
				Any handler = context.getBean(Any.class);
				await().untilAsserted(() -> assertThat(handler.seen).containsExactly("1"));
				rig.management().deleteConsumer("ORDERS", "payment");
				await().until(() -> rig.management().getConsumerNames("ORDERS").contains("payment"));
				await().until(() -> state(context).status() == Status.RUNNING);
				rig.publish("orders.b", "2");
				await().untilAsserted(() -> assertThat(handler.seen).containsExactly("1", "2"));
				assertThat(differences(context)).isEmpty();
			});
	}

	@Test
	void aDeclaredPushConsumerIsUsedByName() {
		rig.runner(Any.class)
			.withPropertyValues("stream=ORDERS", "consumer=payment", "type=push", "subject=",
					"nats.jetstream.consumers.payment.stream=ORDERS",
					"nats.jetstream.consumers.payment.filter-subjects=orders.b")
			.withPropertyValues(DECLARED_AS_PUSH)
			.run((context) -> {
				rig.publish("orders.a", "a");
				rig.publish("orders.b", "b");
				await().untilAsserted(() -> assertThat(context.getBean(Any.class).seen).containsExactly("b"));
				assertThat(state(context).status()).isEqualTo(Status.RUNNING);
			});
	}

	private static boolean hasSeveralFilters() {
		return rig.client().getServerInfo().isSameOrNewerThanVersion("2.10.0");
	}

	private static EndpointState state(AssertableApplicationContext context) {
		return context.getBean(NatsListenerEndpointRegistry.class).getListenerContainer("any").getState();
	}

	private static List<TopologyDifference> differences(AssertableApplicationContext context) {
		return context.getBean(NatsListenerEndpointRegistry.class).getListenerContainer("any").getDifferences();
	}

	static class Any {

		final Queue<String> seen = new ConcurrentLinkedQueue<>();

		@NatsListener(id = "any", subjects = "${subject:orders.*}", stream = "${stream}", consumer = "${consumer:}",
				consumerType = "${type:}", ackMode = "${ackMode:}", ackWait = "${ackWait:}",
				maxDeliver = "${maxDeliver:}", backoff = "${backoff:}", maxAckPending = "${maxAckPending:}",
				concurrency = "${concurrency:}", deliverPolicy = "${policy:}")
		void handle(String text) {
			this.seen.add(text);
		}

	}

	static class Core {

		@NatsListener(subjects = "orders.*", stream = "${stream:}", ackMode = "${ackMode:}", ackWait = "${ackWait:}",
				ackSyncTimeout = "${ackSyncTimeout:}", maxDeliver = "${maxDeliver:}", backoff = "${backoff:}",
				backoffMultiplier = "${backoffMultiplier:}", backoffMax = "${backoffMax:}",
				backoffJitter = "${backoffJitter:}", maxAckPending = "${maxAckPending:}",
				deadLetterSubject = "${deadLetterSubject:}", deliverPolicy = "${deliverPolicy:}",
				startSequence = "${startSequence:}", startTime = "${startTime:}", batchSize = "${batchSize:}",
				batchLinger = "${batchLinger:}")
		void handle(String text) {
		}

	}

	static class Several {

		final Queue<String> seen = new ConcurrentLinkedQueue<>();

		@NatsListener(id = "any", subjects = "${subjects}", stream = "ORDERS", consumerType = "${type}")
		void handle(String text) {
			this.seen.add(text);
		}

	}

}
