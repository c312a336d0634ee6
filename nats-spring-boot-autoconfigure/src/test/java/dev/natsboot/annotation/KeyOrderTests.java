package dev.natsboot.annotation;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import dev.natsboot.convert.NatsMessageHeaders;
import dev.natsboot.listener.Acknowledgment;
import dev.natsboot.listener.DeadLetterHeaders;
import dev.natsboot.listener.ListenerContainer;
import dev.natsboot.listener.NatsListenerEndpointRegistry;
import dev.natsboot.testsupport.InTime;
import io.nats.client.impl.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Messages of one key in their order, with several workers.
 */
@ExtendWith(OutputCaptureExtension.class)
class KeyOrderTests {

	@RegisterExtension
	private static final ListenerRig rig = new ListenerRig().with("ORDERS", "orders.>").with("DEAD", "dead.>");

	private static final Duration LONGER_THAN_ACK_WAIT = Duration.ofMillis(1500);

	@Test
	void messagesOfAKeyKeepTheirOrderAlthoughSomeAreTriedAgain() {
		publish(List.of("a", "b", "c", "d"), 50);
		rig.runner(Failing.class).run((context) -> {
			Failing listener = context.getBean(Failing.class);
			await().untilAsserted(
					() -> assertThat(listener.handled.values().stream().mapToInt(Queue::size).sum()).isEqualTo(200));
			assertThat(listener.failed).hasSizeGreaterThan(20);
			listener.handled.forEach((key, numbers) -> assertThat(numbers).as(key)
				.containsExactlyElementsOf(IntStream.range(0, 50).boxed().toList()));
		});
	}

	@Test
	void messagesOfOneSubjectKeepTheOrderThatAHeaderSays() throws Exception {
		for (int i = 0; i < 20; i++) {
			for (String customer : List.of("late", "a", "b")) {
				rig.client()
					.jetStream()
					.publish("orders.all", new Headers().add("customer", customer), Integer.toString(i).getBytes());
			}
		}
		rig.runner(ByHeader.class).run((context) -> {
			ByHeader listener = context.getBean(ByHeader.class);
			await().untilAsserted(
					() -> assertThat(listener.handled.values().stream().mapToInt(Queue::size).sum()).isEqualTo(40));
			assertThat(listener.handled).containsOnlyKeys("a", "b");
			listener.release.countDown();
			await().untilAsserted(() -> assertThat(listener.handled.values()).hasSize(3)
				.allSatisfy((numbers) -> assertThat(numbers)
					.containsExactlyElementsOf(IntStream.range(0, 20).boxed().toList())));
			assertThat(listener.failed).hasSize(12);
		});
	}

	@Test
	void aKeyThatIsStuckDoesNotKeepOthersWaiting() {
		publish(List.of("stuck"), 1);
		publish(List.of("stuck", "free"), 20);
		rig.runner(Stuck.class).run((context) -> {
			Stuck listener = context.getBean(Stuck.class);
			await().untilAsserted(() -> assertThat(listener.handled).containsOnly("free").hasSize(20));
			listener.release.countDown();
			await().untilAsserted(() -> assertThat(listener.handled).hasSize(41));
		});
	}

	@Test
	void aMessageThatFailedForGoodLetsTheNextOneOfItsKeyPass() throws Exception {
		publish(List.of("a"), 2);
		rig.runner(GivingUp.class).run((context) -> {
			GivingUp listener = context.getBean(GivingUp.class);
			await().untilAsserted(() -> assertThat(listener.attempts).containsExactly("0:1", "0:2", "0:3", "1:1"));
			await().untilAsserted(() -> assertThat(rig.messages("DEAD")).isEqualTo(1));
			assertThat(rig.management().getMessage("DEAD", 1).getHeaders().getFirst(DeadLetterHeaders.DELIVERIES))
				.isEqualTo("3");
		});
	}

	@Test
	void whatWaitsForItsTurnIsGivenBackInOrderAtAPause() {
		Queue<Long> givenBack = givenBack();
		publish(List.of("a"), 30);
		rig.runner(Failing.class).run((context) -> {
			ListenerContainer container = context.getBean(NatsListenerEndpointRegistry.class)
				.getListenerContainer("failing");
			Failing listener = context.getBean(Failing.class);
			await().until(() -> !listener.failed.isEmpty());
			container.pause();
			container.resume();
			await().untilAsserted(
					() -> assertThat(listener.handled.get("a")).containsAll(IntStream.range(0, 30).boxed().toList()));
			await().untilAsserted(() -> assertThat(rig.consumer("ORDERS", "failing").getNumAckPending()).isZero());
			assertThat(List.copyOf(givenBack)).isSorted();
		});
	}

	@Test
	void whatFailsDuringAPauseIsGivenBackBeforeThoseBehindIt() {
		Queue<Long> givenBack = givenBack();
		publish(List.of("a"), 10);
		rig.runner(FailingLate.class).run((context) -> {
			ListenerContainer container = context.getBean(NatsListenerEndpointRegistry.class)
				.getListenerContainer("failing-late");
			FailingLate listener = context.getBean(FailingLate.class);
			await().untilAsserted(() -> assertThat(rig.consumer("ORDERS", "failing").getNumAckPending()).isEqualTo(10));
			Thread pausing = new Thread(container::pause);
			pausing.start();
			await().until(() -> isWaitingForHandlers(pausing));
			listener.release.countDown();
			InTime.join(pausing);
			await().untilAsserted(() -> assertThat(givenBack).hasSize(10));
			assertThat(List.copyOf(givenBack)).isSorted();
			container.resume();
			await().untilAsserted(() -> assertThat(listener.handled).hasSize(10));
		});
	}

	@Test
	void whatFailsAfterItPausedItsListenerIsGivenBackBeforeThoseBehindIt() {
		Queue<Long> givenBack = givenBack();
		publish(List.of("a"), 10);
		rig.runner(Pausing.class).run((context) -> {
			Pausing listener = context.getBean(Pausing.class);
			await().until(() -> listener.container != null);
			await().untilAsserted(() -> assertThat(givenBack).hasSize(10));
			assertThat(List.copyOf(givenBack)).isSorted();
			listener.container.resume();
			await().untilAsserted(() -> assertThat(listener.handled).hasSize(10));
		});
	}

	/**
	 * The sequences of what was given back, in the order in which the server heard of it.
	 */
	private static Queue<Long> givenBack() {
		Queue<Long> sequences = new ConcurrentLinkedQueue<>();
		rig.client()
			.createDispatcher((advisory) -> sequences
				.add(JsonMapper.shared().readTree(advisory.getData()).get("stream_seq").asLong()))
			.subscribe("$JS.EVENT.ADVISORY.CONSUMER.MSG_NAKED.ORDERS.failing");
		return sequences;
	}

	private static boolean isWaitingForHandlers(Thread thread) {
		return Arrays.stream(thread.getStackTrace())
			.anyMatch((frame) -> frame.getClassName().endsWith(".InFlightCount"));
	}

	@Test
	void aMessageWithoutWhatItIsToBeOrderedByIsADeadLetter() {
		rig.publish("orders.b", "0");
		publish(List.of("a"), 1);
		rig.runner(Failing.class).run((context) -> {
			await().untilAsserted(() -> assertThat(rig.messages("DEAD")).isEqualTo(1));
			await().untilAsserted(() -> assertThat(context.getBean(Failing.class).handled.get("a")).containsExactly(0));
		});
	}

	@Test
	void whatIsGivenBackByHandAndWaitsIsSettled(CapturedOutput output) {
		publish(List.of("a"), 2);
		rig.runner(ByHand.class).withPropertyValues("nats.listener.ack-wait=500ms").run((context) -> {
			ByHand listener = context.getBean(ByHand.class);
			await().untilAsserted(() -> assertThat(listener.calls).containsExactly("0:1 true refused", "0:2", "1:1"));
			await().untilAsserted(() -> assertThat(rig.consumer("ORDERS", "by-hand").getNumAckPending()).isZero());
			assertThat(output).doesNotContain("have not been settled");
		});
	}

	@Test
	void aCallThatHasGivenBackItsMessageDecidesNothingAboutTheNextOne(CapturedOutput output) {
		publish(List.of("a"), 2);
		rig.runner(StillRunning.class).run((context) -> {
			StillRunning listener = context.getBean(StillRunning.class);
			await().until(() -> listener.calls.contains("0:2"));
			assertThat(listener.first.isSettled()).isTrue();
			assertThatIllegalStateException().isThrownBy(listener.first::acknowledge);
			listener.fail.countDown();
			await().untilAsserted(() -> assertThat(output).contains("failed after it had settled the message"));
			listener.proceed.countDown();
			await().untilAsserted(() -> assertThat(rig.consumer("ORDERS", "running").getNumAckPending()).isZero());
			assertThat(listener.calls).containsExactly("0:1", "0:2", "1:1");
		});
	}

	@Test
	void anOrderThatCannotBeKeptIsRefused() {
		rig.runner(WithoutStream.class)
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("'orderBy' is 'subject[1]', which needs a stream")
				.hasMessageContaining("orderBy = \"subject[2]\""));
		rig.runner(NoExpression.class)
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("'orderBy' is 'subject[', which can't be used"));
	}

	@Test
	void anOrderThatWouldBeEvaluatedOnceIsRefusedWithOneThatIsEvaluatedForEachMessage() {
		rig.runner(EvaluatedOnce.class)
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("'orderBy' is '#{subject[2]}', whose #{…} is evaluated once")
				.hasMessageContaining("without #{}, for example orderBy = \"subject[2]\""));
	}

	private static void publish(List<String> keys, int count) {
		for (int i = 0; i < count; i++) {
			for (String key : keys) {
				rig.publish("orders.key." + key, Integer.toString(i));
			}
		}
	}

	static class Failing {

		final Map<String, Queue<Integer>> handled = new ConcurrentHashMap<>();

		final Set<String> failed = ConcurrentHashMap.newKeySet();

		@NatsListener(id = "failing", stream = "ORDERS", subjects = "orders.>", consumer = "failing", concurrency = "4",
				orderBy = "subject[2]", backoff = "5ms", deadLetterSubject = "dead.{listener}")
		void handle(int number, NatsMessageHeaders headers) {
			if (number % 5 == 0 && this.failed.add(headers.subject() + number)) {
				throw new IllegalStateException("Fails the first time");
			}
			this.handled.computeIfAbsent(headers.subject().substring(11), (key) -> new ConcurrentLinkedQueue<>())
				.add(number);
		}

	}

	static class ByHeader {

		final Map<String, Queue<Integer>> handled = new ConcurrentHashMap<>();

		final Set<String> failed = ConcurrentHashMap.newKeySet();

		final CountDownLatch release = new CountDownLatch(1);

		@NatsListener(stream = "ORDERS", subjects = "orders.all", consumer = "by-header", concurrency = "3",
				orderBy = "headers['customer']", backoff = "5ms")
		void handle(int number, NatsMessageHeaders headers) throws InterruptedException {
			String customer = headers.header("customer");
			if ("late".equals(customer)) {
				InTime.await(this.release);
			}
			if (number % 5 == 0 && this.failed.add(customer + number)) {
				throw new IllegalStateException("Fails the first time");
			}
			this.handled.computeIfAbsent(customer, (key) -> new ConcurrentLinkedQueue<>()).add(number);
		}

	}

	static class FailingLate {

		final Queue<Integer> handled = new ConcurrentLinkedQueue<>();

		final CountDownLatch release = new CountDownLatch(1);

		@NatsListener(id = "failing-late", stream = "ORDERS", subjects = "orders.>", consumer = "failing",
				concurrency = "2", orderBy = "subject[2]", backoff = "1s")
		void handle(int number) throws InterruptedException {
			if (this.release.getCount() > 0) {
				InTime.await(this.release);
				throw new IllegalStateException("Fails while its listener is paused");
			}
			this.handled.add(number);
		}

	}

	static class Pausing {

		final Queue<Integer> handled = new ConcurrentLinkedQueue<>();

		@Autowired
		NatsListenerEndpointRegistry registry;

		volatile ListenerContainer container;

		@NatsListener(id = "pausing", stream = "ORDERS", subjects = "orders.>", consumer = "failing", concurrency = "2",
				orderBy = "subject[2]", backoff = "1s")
		void handle(int number) {
			if (this.container == null) {
				await().untilAsserted(
						() -> assertThat(rig.consumer("ORDERS", "failing").getNumAckPending()).isEqualTo(10));
				ListenerContainer own = this.registry.getListenerContainer("pausing");
				own.pause();
				this.container = own;
				throw new IllegalStateException("Fails after it paused its listener");
			}
			this.handled.add(number);
		}

	}

	static class Stuck {

		final Queue<String> handled = new ConcurrentLinkedQueue<>();

		final CountDownLatch release = new CountDownLatch(1);

		@NatsListener(stream = "ORDERS", subjects = "orders.key.*", consumer = "stuck", concurrency = "2",
				orderBy = "subject[2]")
		void handle(NatsMessageHeaders headers) throws InterruptedException {
			String key = headers.subject().substring(11);
			if ("stuck".equals(key)) {
				InTime.await(this.release);
			}
			this.handled.add(key);
		}

	}

	static class ByHand {

		final Queue<String> calls = new ConcurrentLinkedQueue<>();

		@NatsListener(stream = "ORDERS", subjects = "orders.key.*", consumer = "by-hand", concurrency = "2",
				orderBy = "subject[2]", ackMode = "manual")
		void handle(String number, NatsMessageHeaders headers, Acknowledgment acknowledgment) {
			String call = number + ":" + headers.deliveryCount();
			if ("0:1".equals(call)) {
				acknowledgment.nak(LONGER_THAN_ACK_WAIT);
				this.calls.add(call + " " + acknowledgment.isSettled() + " " + again(acknowledgment));
				return;
			}
			this.calls.add(call);
			acknowledgment.acknowledge();
		}

		private String again(Acknowledgment acknowledgment) {
			try {
				acknowledgment.nak(LONGER_THAN_ACK_WAIT);
				return "accepted";
			}
			catch (IllegalStateException ex) {
				return "refused";
			}
		}

	}

	static class StillRunning {

		final Queue<String> calls = new ConcurrentLinkedQueue<>();

		final CountDownLatch fail = new CountDownLatch(1);

		final CountDownLatch proceed = new CountDownLatch(1);

		volatile Acknowledgment first;

		@NatsListener(stream = "ORDERS", subjects = "orders.key.*", consumer = "running", concurrency = "2",
				orderBy = "subject[2]", ackMode = "manual")
		void handle(String number, NatsMessageHeaders headers, Acknowledgment acknowledgment)
				throws InterruptedException {
			this.calls.add(number + ":" + headers.deliveryCount());
			if (this.first == null) {
				this.first = acknowledgment;
				acknowledgment.nak();
				InTime.await(this.fail);
				throw new IllegalStateException("Fails after it has given back its message");
			}
			InTime.await(this.proceed);
			acknowledgment.acknowledge();
		}

	}

	static class GivingUp {

		final Queue<String> attempts = new ConcurrentLinkedQueue<>();

		@NatsListener(stream = "ORDERS", subjects = "orders.key.*", consumer = "giving-up", concurrency = "2",
				orderBy = "subject[2]", maxDeliver = "3", backoff = "5ms", deadLetterSubject = "dead.orders")
		void handle(String number, NatsMessageHeaders headers) {
			this.attempts.add(number + ":" + headers.deliveryCount());
			if ("0".equals(number)) {
				throw new IllegalStateException("Always fails");
			}
		}

	}

	static class WithoutStream {

		@NatsListener(subjects = "orders.core", orderBy = "subject[1]")
		void handle(String text) {
		}

	}

	static class NoExpression {

		@NatsListener(subjects = "orders.core", stream = "ORDERS", orderBy = "subject[")
		void handle(String text) {
		}

	}

	static class EvaluatedOnce {

		@NatsListener(subjects = "orders.core", stream = "ORDERS", orderBy = "#{subject[2]}")
		void handle(String text) {
		}

	}

}
