package dev.natsboot.annotation;

import java.util.List;

import dev.natsboot.autoconfigure.NatsServiceAutoConfiguration;
import dev.natsboot.listener.Acknowledgment;
import dev.natsboot.listener.BatchAcknowledgment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.SendTo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What an application prints that can't start because of a handler method.
 */
@ExtendWith(OutputCaptureExtension.class)
class InvalidHandlerTests {

	private static final String ALL = "'ackMode' is 'all', one acknowledgement for a batch, but ";

	private static final String ALLOWED = " A handler method may have one payload (annotate it with @Payload when there "
			+ "are several candidates), @Header and @Headers parameters, NatsMessageHeaders, io.nats.client.Message, "
			+ "org.springframework.messaging.Message, Acknowledgment (ackMode = \"manual\"), and for batches a List "
			+ "with a BatchAcknowledgment";

	@RegisterExtension
	private static final ListenerRig rig = new ListenerRig();

	@Test
	void namesBothUsersOfAnId() {
		assertRefused(DuplicateListeners.class, "second",
				"Another listener is registered with the id 'orders': give each an 'id' of its own, "
						+ "for example id = \"orders-2\"");
	}

	@Test
	void namesBothHandlersOfAnId() {
		assertRefused(DuplicateHandlers.class, "second",
				"There is already a request handler with the id 'orders', on subject 'a'; the one on "
						+ "subject 'b' needs another, for example id = \"orders-2\"");
	}

	@Test
	void namesASecondPayload() {
		assertRefused(TwoPayloads.class,
				"Parameter 1 (int) of method void "
						+ "dev.natsboot.annotation.InvalidHandlerTests$TwoPayloads.handle(java.lang.String,int) "
						+ "is one of several that could be the payload." + ALLOWED);
	}

	@Test
	void namesAHeaderWithoutAName() {
		assertRefused(NamelessHeader.class, "@Header(\"#{null}\") of void "
				+ "dev.natsboot.annotation.InvalidHandlerTests$NamelessHeader.handle(java.lang.String,java.lang.String) "
				+ "has no name: give it one, for example @Header(\"Nats-Msg-Id\"), or compile with -parameters");
	}

	@Test
	void namesAnAcknowledgmentWithoutManualMode() {
		assertRefused(UnexpectedAcknowledgment.class,
				"Parameter 1 (dev.natsboot.listener.Acknowledgment) of method void "
						+ "dev.natsboot.annotation.InvalidHandlerTests$UnexpectedAcknowledgment.handle(java.lang"
						+ ".String,dev.natsboot.listener.Acknowledgment) needs a JetStream listener with "
						+ "ackMode = \"manual\"." + ALLOWED);
	}

	@Test
	void namesAnAcknowledgmentOfARequest() {
		assertRefused(AcknowledgedRequest.class,
				"Parameter 1 (dev.natsboot.listener.Acknowledgment) of method void "
						+ "dev.natsboot.annotation.InvalidHandlerTests$AcknowledgedRequest.handle(java.lang.Stri"
						+ "ng,dev.natsboot.listener.Acknowledgment) needs a JetStream listener with ackMode = "
						+ "\"manual\"." + ALLOWED);
	}

	@Test
	void namesABatchAcknowledgmentWithoutABatch() {
		assertRefused(UnexpectedBatchAcknowledgment.class,
				"Parameter 1 (dev.natsboot.listener.BatchAcknowledgment) of method void "
						+ "dev.natsboot.annotation.InvalidHandlerTests$UnexpectedBatchAcknowledgment.handle(java"
						+ ".lang.String,dev.natsboot.listener.BatchAcknowledgment) needs a JetStream listener "
						+ "with a List parameter." + ALLOWED);
	}

	@Test
	void namesADurationThatIsNone() {
		assertRefused(BadDuration.class,
				"'ackWait' is 'soon', which can't be used ('soon' is not a valid duration), for "
						+ "example ackWait = \"30s\"");
	}

	@Test
	void namesABackoffThatIsNone() {
		assertRefused(BadBackoff.class,
				"'backoff' is '1s,later', which can't be used ('later' is not a valid duration), for "
						+ "example backoff = \"1s,5s,10s\"");
	}

	@Test
	void namesAConcurrencyBelowOne() {
		assertRefused(NoConcurrency.class,
				"Listener 'invalidHandlerTests.NoConcurrency.handle': 'concurrency' must be 1 or "
						+ "more, but is 0, for example concurrency = \"4\"");
	}

	@Test
	void namesAConcurrencyThatIsNoNumber() {
		assertRefused(BadConcurrency.class,
				"'concurrency' is 'many', which can't be used (For input string: \"many\"), for "
						+ "example concurrency = \"4\"");
	}

	@Test
	void namesAHandlersConcurrencyBelowOne() {
		assertRefused(NoHandlerConcurrency.class,
				"Concurrency 0 of request handler 'invalidHandlerTests.NoHandlerConcurrency.handle' "
						+ "must be at least 1, for example concurrency = \"4\"");
	}

	@Test
	void namesAConsumerWithoutAStream() {
		assertRefused(ConsumerWithoutStream.class,
				"'consumer' is 'payment', but a consumer needs a stream: set 'stream', for example "
						+ "stream = \"ORDERS\"");
	}

	@Test
	void namesAQueueWithAStream() {
		assertRefused(QueueWithStream.class,
				"'queue' is 'payment', but with a stream instances share the messages by sharing a "
						+ "consumer: set 'consumer' instead, for example consumer = \"payment\"");
	}

	@Test
	void takesAQueueThatResolvesToNothing() {
		runner(EmptyQueueWithStream.class).run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void namesAnUnknownAckMode() {
		assertRefused(BadAckMode.class,
				"'ackMode' is 'sometimes', which can't be used (not one of [auto, all, manual, none]), for "
						+ "example ackMode = \"manual\"");
	}

	@Test
	void namesOneAcknowledgementForSingleMessages() {
		assertRefused(AllOfSingle.class,
				"Listener 'invalidHandlerTests.AllOfSingle.handle': " + ALL + "the method takes one message at a time: "
						+ "let it take a List, for example void handle(List<Order> orders), or set ackMode = \"auto\"");
	}

	@Test
	void namesOneAcknowledgementWithSeveralWorkers() {
		assertRefused(AllOfMany.class, "Listener 'invalidHandlerTests.AllOfMany.handle': " + ALL
				+ "'concurrency' is 2: batches are handled one after the other, set concurrency = \"1\"");
	}

	@Test
	void namesOneAcknowledgementOfAPushConsumer() {
		assertRefused(AllOfPush.class, "Listener 'invalidHandlerTests.AllOfPush.handle': " + ALL
				+ "'consumerType' is 'PUSH': set consumerType = \"pull\"");
	}

	@Test
	void namesOneAcknowledgementWithoutAConsumer() {
		assertRefused(AllOfNobody.class,
				"Listener 'invalidHandlerTests.AllOfNobody.handle': " + ALL
						+ "'consumer' is empty: give this listener a durable consumer of its own, for example "
						+ "consumer = \"billing\"");
	}

	@Test
	void namesAnUnknownDeliverPolicy() {
		assertRefused(BadDeliverPolicy.class,
				"'deliverPolicy' is 'oldest', which can't be used (not one of [all, last, new, "
						+ "by-start-sequence, by-start-time, last-per-subject]), for example deliverPolicy = "
						+ "\"new\"");
	}

	@Test
	void namesADeliverPolicyWithoutItsStart() {
		assertRefused(NoStart.class, "'deliverPolicy' is by-start-sequence, but no start is set: use "
				+ "deliverPolicy = \"by-start-sequence\" together with, for example, startSequence = \"1\"");
	}

	@Test
	void namesAStartThatTheDeliverPolicyDoesNotHave() {
		assertRefused(OtherStart.class, "'deliverPolicy' is new, but the start is set to 5: use "
				+ "deliverPolicy = \"by-start-sequence\" together with, for example, startSequence = \"1\"");
	}

	@Test
	void namesAStartTimeThatIsNone() {
		assertRefused(BadStartTime.class,
				"'startTime' is 'yesterday', which can't be used (Text 'yesterday' could not be "
						+ "parsed at index 0), for example startTime = \"2026-01-31T12:00:00Z\"");
	}

	@Test
	void namesAMaxDeliverOfZero() {
		assertRefused(NoDelivery.class,
				"Listener 'invalidHandlerTests.NoDelivery.handle': 'maxDeliver' must be 1 or more, or "
						+ "-1 for no limit, but is 0, for example maxDeliver = \"5\"");
	}

	@Test
	void namesAnAutoStartupThatIsNoFlag() {
		assertRefused(BadAutoStartup.class,
				"'autoStartup' is 'maybe', which can't be used (neither true nor false), for example "
						+ "autoStartup = \"true\"");
	}

	@Test
	void namesASubjectThatIsNone() {
		assertRefused(BadSubject.class,
				"Can't subscribe to subject 'orders..created': it has an empty token: no dot at the "
						+ "beginning or the end and no two in a row, for example 'orders.created.v1'");
	}

	@Test
	void namesAListenerWithoutASubject() {
		assertRefused(NoSubject.class,
				"Listener 'invalidHandlerTests.NoSubject.handle' has no subject: set 'subjects', for "
						+ "example subjects = \"orders.created\"");
	}

	@Test
	void namesASubjectThatResolvesToNull() {
		for (Class<?> type : List.of(NullSubject.class, NullInList.class, NullInArray.class)) {
			assertRefused(type, "Listener 'invalidHandlerTests." + type.getSimpleName()
					+ ".handle' has no subject: set 'subjects', for example subjects = \"orders.created\"");
		}
	}

	@Test
	void namesAHandlerWithoutASubject() {
		assertRefused(NoHandlerSubject.class,
				"Request handler 'invalidHandlerTests.NoHandlerSubject.handle' needs a subject, for "
						+ "example @NatsRequestHandler(\"greeter.greet\")");
	}

	@Test
	void namesAServiceNameThatIsNone() {
		assertRefused(BadServiceName.class,
				"Service name of request handler 'invalidHandlerTests.BadServiceName.handle' is "
						+ "'order service' and may only have letters, digits, '-' and '_', for example "
						+ "'order-service'");
	}

	@Test
	void namesAVersionThatIsNone() {
		assertRefused(BadVersion.class,
				"Service version of request handler 'invalidHandlerTests.BadVersion.handle' is '1' "
						+ "and must be a semantic version, for example '1.2.0'");
	}

	@Test
	void namesSeveralReplySubjects() {
		assertRefused(TwoReplies.class,
				"@SendTo on java.lang.String "
						+ "dev.natsboot.annotation.InvalidHandlerTests$TwoReplies.handle(java.lang.String) "
						+ "names [a, b], but needs exactly one subject, for example @SendTo(\"orders.checked\")");
	}

	@Test
	void namesAnIdempotencyKeyThatWouldBeEvaluatedOnce() {
		assertRefused(KeyEvaluatedOnce.class,
				"'idempotencyKey' is '#{payload.orderId}', whose #{…} is evaluated once, when the listener is registered:"
						+ " write what is to be evaluated for each message without #{}, for example idempotencyKey ="
						+ " \"headers['order-id']\"");
	}

	@Test
	void refusesBadConsumer() {
		assertRefused(BadConsumer.class,
				"Listener 'invalidHandlerTests.BadConsumer.handle': 'consumer' is 'orders.v1', but"
						+ " such a name is of ASCII characters without blanks, dots, *, >, / and \\, for example consumer = \"orders-v1\"");
	}

	@Test
	void refusesBadQueue() {
		assertRefused(BadQueue.class, "Listener 'invalidHandlerTests.BadQueue.handle': 'queue' is 'pay..ment', but"
				+ " a queue group is of ASCII characters without blanks, * and >, with single dots only between others,"
				+ " for example queue = \"payment\"");
	}

	@Test
	void refusesBadQueueOfRequestHandler() {
		assertRefused(BadRequestQueue.class,
				"Queue group 'pay..ment' of request handler 'invalidHandlerTests.BadRequestQueue.handle' must be"
						+ " printable ASCII without blanks, * and >, with single dots only between others,"
						+ " for example queue = \"greeters\"");
	}

	@Test
	void refusesBadDeadLetterSubject() {
		assertRefused(BadDeadLetterSubject.class,
				"Listener 'invalidHandlerTests.BadDeadLetterSubject.handle': 'deadLetterSubject' is 'dead.{strem}', but"
						+ " place-holders are {stream}, {consumer}, {subject}, {listener} and {sequence}");
	}

	@Test
	void refusesBadMaxAckPending() {
		assertRefused(BadMaxAckPending.class,
				"Listener 'invalidHandlerTests.BadMaxAckPending.handle': 'maxAckPending' is '0', but"
						+ " 1 or more is possible, or -1 for no limit, for example maxAckPending = \"1000\"");
	}

	@Test
	void refusesBadAckWait() {
		assertRefused(BadAckWait.class, "Listener 'invalidHandlerTests.BadAckWait.handle': 'ackWait' is '0s', but"
				+ " the time must be longer than 0, for example ackWait = \"30s\"");
	}

	@Test
	void refusesBadLinger() {
		assertRefused(BadLinger.class, "Listener 'invalidHandlerTests.BadLinger.handle': 'batchLinger' is '-1s', but"
				+ " the time must be 0 or longer, for example batchLinger = \"10ms\"");
	}

	@Test
	void refusesBadDelay() {
		assertRefused(BadDelay.class, "Listener 'invalidHandlerTests.BadDelay.handle': 'backoff' is '-1s', but"
				+ " the time must be 0 or longer, for example backoff = \"1s,5s,10s\"");
	}

	@Test
	void namesAParameterThatNoMessageCanBe() {
		assertRefused(ConnectionParameter.class,
				"Parameter 0 (io.nats.client.Connection) of method void "
						+ "dev.natsboot.annotation.InvalidHandlerTests$ConnectionParameter.handle(io.nats.client."
						+ "Connection) can't be a payload." + ALLOWED);
	}

	@Test
	void namesAReplySubjectOfABatch() {
		assertRefused(BatchReply.class, "@SendTo(\"orders.done\") has no effect on a method that takes batches: "
				+ "publish with a JetStreamTemplate instead");
	}

	@Test
	void namesBothUsersOfAConsumerWithDifferentSubjects() {
		assertRefused(SharedConsumer.class, "second",
				"Listener 'a' has the consumer 'orders' with the subjects [orders.a], listener 'b' with "
						+ "[orders.b]: give each a consumer of its own, for example consumer = \"orders-2\"");
	}

	@Test
	void isReportedWithoutAStackTrace(CapturedOutput output) {
		SpringApplication application = new SpringApplication(Application.class, NoConcurrency.class);
		assertThatExceptionOfType(InvalidHandlerMethodException.class).isThrownBy(application::run);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Method handle of " + NoConcurrency.class.getName()
					+ ": Listener 'invalidHandlerTests.NoConcurrency.handle': 'concurrency' must be 1 or more, but is 0")
			.contains("Correct the method or its annotation in bean 'invalidHandlerTests.NoConcurrency' as described.")
			.doesNotContain("\tat dev.natsboot.");
	}

	private static void assertRefused(Class<?> type, String message) {
		assertRefused(type, "handle", message);
	}

	private static void assertRefused(Class<?> type, String method, String message) {
		runner(type).run((context) -> assertThat(context).getFailure()
			.hasMessage("Error creating bean with name 'invalidHandlerTests." + type.getSimpleName() + "': Method "
					+ method + " of " + type.getName() + ": " + message));
	}

	private static ApplicationContextRunner runner(Class<?> type) {
		return rig.runner(type)
			.withConfiguration(AutoConfigurations.of(NatsServiceAutoConfiguration.class,
					PropertyPlaceholderAutoConfiguration.class));
	}

	@EnableAutoConfiguration
	static class Application {

	}

	static class DuplicateListeners {

		@NatsListener(id = "orders", subjects = "a")
		void first(String order) {
		}

		@NatsListener(id = "orders", subjects = "b")
		void second(String order) {
		}

	}

	static class DuplicateHandlers {

		@NatsRequestHandler(id = "orders", subject = "a")
		void first(String order) {
		}

		@NatsRequestHandler(id = "orders", subject = "b")
		void second(String order) {
		}

	}

	static class TwoPayloads {

		@NatsListener("orders")
		void handle(String order, int count) {
		}

	}

	static class NamelessHeader {

		@NatsListener("orders")
		void handle(String order, @Header("#{null}") String tenant) {
		}

	}

	static class UnexpectedAcknowledgment {

		@NatsListener("orders")
		void handle(String order, Acknowledgment acknowledgment) {
		}

	}

	static class AcknowledgedRequest {

		@NatsRequestHandler("orders")
		void handle(String order, Acknowledgment acknowledgment) {
		}

	}

	static class UnexpectedBatchAcknowledgment {

		@NatsListener("orders")
		void handle(String order, BatchAcknowledgment acknowledgment) {
		}

	}

	static class AllOfSingle {

		@NatsListener(stream = "ORDERS", consumer = "billing", ackMode = "all")
		void handle(String order) {
		}

	}

	static class AllOfMany {

		@NatsListener(stream = "ORDERS", consumer = "billing", ackMode = "all", concurrency = "2")
		void handle(java.util.List<String> orders) {
		}

	}

	static class AllOfPush {

		@NatsListener(stream = "ORDERS", consumer = "billing", ackMode = "all", consumerType = "push")
		void handle(java.util.List<String> orders) {
		}

	}

	static class AllOfNobody {

		@NatsListener(stream = "ORDERS", ackMode = "all")
		void handle(java.util.List<String> orders) {
		}

	}

	static class BadDuration {

		@NatsListener(stream = "ORDERS", ackWait = "soon")
		void handle(String order) {
		}

	}

	static class BadBackoff {

		@NatsListener(stream = "ORDERS", backoff = "1s,later")
		void handle(String order) {
		}

	}

	static class NoConcurrency {

		@NatsListener(subjects = "orders", concurrency = "0")
		void handle(String order) {
		}

	}

	static class BadConcurrency {

		@NatsListener(subjects = "orders", concurrency = "many")
		void handle(String order) {
		}

	}

	static class NoHandlerConcurrency {

		@NatsRequestHandler(subject = "orders", concurrency = "0")
		void handle(String order) {
		}

	}

	static class ConsumerWithoutStream {

		@NatsListener(subjects = "orders", consumer = "payment")
		void handle(String order) {
		}

	}

	static class QueueWithStream {

		@NatsListener(subjects = "orders", stream = "ORDERS", queue = "payment")
		void handle(String order) {
		}

	}

	static class EmptyQueueWithStream {

		@NatsListener(subjects = "orders", stream = "ORDERS", queue = "${missing:}", autoStartup = "false")
		void handle(String order) {
		}

		@NatsListener(subjects = "orders", stream = "ORDERS", queue = "${missing:#{null}}", autoStartup = "false")
		void handleToo(String order) {
		}

	}

	static class BadAckMode {

		@NatsListener(stream = "ORDERS", ackMode = "sometimes")
		void handle(String order) {
		}

	}

	static class BadDeliverPolicy {

		@NatsListener(stream = "ORDERS", deliverPolicy = "oldest")
		void handle(String order) {
		}

	}

	static class NoStart {

		@NatsListener(stream = "ORDERS", deliverPolicy = "by-start-sequence")
		void handle(String order) {
		}

	}

	static class OtherStart {

		@NatsListener(stream = "ORDERS", deliverPolicy = "new", startSequence = "5")
		void handle(String order) {
		}

	}

	static class BadStartTime {

		@NatsListener(stream = "ORDERS", startTime = "yesterday")
		void handle(String order) {
		}

	}

	static class NoDelivery {

		@NatsListener(stream = "ORDERS", maxDeliver = "0")
		void handle(String order) {
		}

	}

	static class BadAutoStartup {

		@NatsListener(subjects = "orders", autoStartup = "maybe")
		void handle(String order) {
		}

	}

	static class BadSubject {

		@NatsListener("orders..created")
		void handle(String order) {
		}

	}

	static class NoSubject {

		@NatsListener
		void handle(String order) {
		}

	}

	static class NullSubject {

		@NatsListener(subjects = "${missing:#{null}}")
		void handle(String order) {
		}

	}

	static class NullInList {

		@NatsListener(subjects = "#{{null}}")
		void handle(String order) {
		}

	}

	static class NullInArray {

		@NatsListener(subjects = "#{new String[1]}")
		void handle(String order) {
		}

	}

	static class NoHandlerSubject {

		@NatsRequestHandler
		void handle(String order) {
		}

	}

	static class BadServiceName {

		@NatsRequestHandler(subject = "orders", service = "order service")
		void handle(String order) {
		}

	}

	static class BadVersion {

		@NatsRequestHandler(subject = "orders", version = "1")
		void handle(String order) {
		}

	}

	static class TwoReplies {

		@NatsListener("orders")
		@SendTo({ "a", "b" })
		String handle(String order) {
			return order;
		}

	}

	static class KeyEvaluatedOnce {

		@NatsListener(subjects = "orders", stream = "ORDERS", idempotencyKey = "#{payload.orderId}")
		void handle(String order) {
		}

	}

	static class BadConsumer {

		@NatsListener(subjects = "orders", stream = "ORDERS", consumer = "orders.v1")
		void handle(String order) {
		}

	}

	static class BadQueue {

		@NatsListener(subjects = "orders", queue = "pay..ment")
		void handle(String order) {
		}

	}

	static class BadRequestQueue {

		@NatsRequestHandler(subject = "orders", queue = "pay..ment")
		String handle(String order) {
			return order;
		}

	}

	static class BadDeadLetterSubject {

		@NatsListener(subjects = "orders", stream = "ORDERS", deadLetterSubject = "dead.{strem}")
		void handle(String order) {
		}

	}

	static class BadMaxAckPending {

		@NatsListener(subjects = "orders", stream = "ORDERS", maxAckPending = "0")
		void handle(String order) {
		}

	}

	static class BadAckWait {

		@NatsListener(subjects = "orders", stream = "ORDERS", ackWait = "0s")
		void handle(String order) {
		}

	}

	static class BadLinger {

		@NatsListener(subjects = "orders", stream = "ORDERS", batchLinger = "-1s")
		void handle(List<String> orders) {
		}

	}

	static class BadDelay {

		@NatsListener(subjects = "orders", stream = "ORDERS", backoff = "1s,-1s")
		void handle(String order) {
		}

	}

	static class ConnectionParameter {

		@NatsListener("orders")
		void handle(io.nats.client.Connection connection) {
		}

	}

	static class BatchReply {

		@NatsListener(subjects = "orders", stream = "ORDERS")
		@SendTo("orders.done")
		String handle(java.util.List<String> orders) {
			return "done";
		}

	}

	static class SharedConsumer {

		@NatsListener(id = "a", subjects = "orders.a", stream = "ORDERS", consumer = "orders")
		void first(String order) {
		}

		@NatsListener(id = "b", subjects = "orders.b", stream = "ORDERS", consumer = "orders")
		void second(String order) {
		}

	}

}
