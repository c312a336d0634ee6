package dev.natsboot.annotation;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import dev.natsboot.convert.NatsHeaders;
import dev.natsboot.convert.NatsMessageHeaders;
import dev.natsboot.listener.ListenerContainer;
import dev.natsboot.listener.NatsListenerEndpointRegistry;
import dev.natsboot.testsupport.DispatcherThread;
import dev.natsboot.testsupport.InTime;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.handler.annotation.SendTo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class CoreListenerTests {

	@RegisterExtension
	private static final ListenerRig rig = new ListenerRig();

	@Test
	void eachPlainListenerGetsAllMessages() {
		rig.runner(Plain.class).run((context) -> {
			send("plain.numbers", 50);
			Plain listener = context.getBean(Plain.class);
			await().untilAsserted(() -> {
				assertThat(listener.first).hasSize(50);
				assertThat(listener.second).hasSize(50);
				assertThat(listener.third).hasSize(50);
			});
		});
	}

	@Test
	void membersOfAQueueGroupShareTheMessages() {
		rig.runner(Grouped.class).run((context) -> {
			send("grouped.numbers", 300);
			Grouped listener = context.getBean(Grouped.class);
			await().untilAsserted(() -> assertThat(listener.plain).hasSize(300));
			await().untilAsserted(() -> assertThat(listener.one.size() + listener.two.size()).isEqualTo(300));
			assertThat(listener.one).isNotEmpty().doesNotContainAnyElementsOf(listener.two);
			assertThat(listener.two).isNotEmpty();
		});
	}

	@Test
	void aRepeatedAnnotationMakesAListenerOfEach() {
		rig.runner(Repeated.class).run((context) -> {
			assertThat(context.getBean(NatsListenerEndpointRegistry.class).getListenerContainers())
				.extracting(ListenerContainer::getId)
				.containsExactlyInAnyOrder("coreListenerTests.Repeated.handle", "coreListenerTests.Repeated.handle-2");
			rig.client().publish("repeated.one", "1".getBytes());
			rig.client().publish("repeated.two", "2".getBytes());
			await().untilAsserted(
					() -> assertThat(context.getBean(Repeated.class).seen).containsExactlyInAnyOrder("1", "2"));
		});
	}

	@Test
	void wildcardsMatchOneOrSeveralTokens() {
		rig.runner(Wildcards.class).run((context) -> {
			List<String> subjects = List.of("Order.Created", "Order.Shipped", "Order.Delivered",
					"Order.Delivered.Returned");
			subjects.forEach((subject) -> rig.client().publish(subject, new byte[0]));
			Wildcards listener = context.getBean(Wildcards.class);
			await().untilAsserted(() -> {
				assertThat(listener.all).containsExactlyElementsOf(subjects);
				assertThat(listener.one).containsExactlyElementsOf(subjects.subList(0, 3));
			});
		});
	}

	@Test
	void buildsEveryKindOfArgument() {
		rig.runner(Arguments.class).run((context) -> {
			Headers headers = new Headers().add("Customer", "42").add("Nats-Msg-Id", "m-1");
			rig.client().publish("arguments.json", headers, "{\"id\":\"o-1\",\"amount\":12.5}".getBytes());
			Arguments listener = context.getBean(Arguments.class);
			await().untilAsserted(() -> assertThat(listener.seen).hasSize(1));
			assertThat(listener.seen.peek()).isEqualTo(List.of(new Order("o-1", 12.5), 42, "m-1", "arguments.json",
					"arguments.json", "missing", "42", new Order("o-1", 12.5)));
		});
	}

	@Test
	void aReturnValueAnswersTheRequest() {
		rig.runner(Replies.class).run((context) -> {
			assertThat(request("replies.text", "World")).isEqualTo("Hello, World!");
			assertThat(request("replies.json", "World")).isEqualTo("{\"id\":\"World\",\"amount\":1.0}");
			assertThat(request("replies.later", "World")).isEqualTo("Later, World!");
		});
	}

	@Test
	void aReturnValueGoesToTheSubjectOfSendTo() {
		rig.runner(Replies.class).run((context) -> {
			rig.client().publish("replies.forward", "x".getBytes());
			Replies listener = context.getBean(Replies.class);
			await().untilAsserted(() -> assertThat(listener.forwarded).containsExactly("x forwarded"));
		});
	}

	@Test
	void aFailureDoesNotStopTheListener() {
		rig.runner(Failing.class).run((context) -> {
			rig.client().publish("failing.json", "{broken".getBytes());
			rig.client().publish("failing.json", "{\"id\":\"error\",\"amount\":1}".getBytes());
			rig.client().publish("failing.json", "{\"id\":\"good\",\"amount\":1}".getBytes());
			Failing listener = context.getBean(Failing.class);
			await().untilAsserted(() -> assertThat(listener.handled).containsExactly("error", "good"));
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "interrupted.one", "interrupted.two" })
	void aMethodThatLeavesItsThreadInterruptedIsCalledAgain(String subject) {
		rig.runner(Interrupted.class).run((context) -> {
			send(subject, 5);
			Interrupted listener = context.getBean(Interrupted.class);
			await().untilAsserted(() -> assertThat(listener.handled).hasSize(5));
		});
	}

	@Test
	void aMethodThatLeavesItsThreadInterruptedAnswers() {
		rig.runner(Interrupted.class).run((context) -> {
			assertThat(request("interrupted.reply", "1")).isEqualTo("1");
			assertThat(request("interrupted.reply", "2")).isEqualTo("2");
		});
	}

	@Test
	void aSubscriptionWhoseThreadHasEndedIsGoneAfterAStop() {
		rig.runner(Remembering.class).run((context) -> {
			Remembering listener = context.getBean(Remembering.class);
			send("remembering.work", 1);
			await().until(() -> !listener.threads.isEmpty());
			Thread thread = listener.threads.peek();
			await().until(() -> DispatcherThread.endsWhenInterrupted(thread));
			ListenerContainer container = context.getBean(NatsListenerEndpointRegistry.class)
				.getListenerContainer("remembering");
			container.stop();
			container.start();
			send("remembering.work", 50);
			await().untilAsserted(() -> assertThat(listener.threads).hasSize(51));
		});
	}

	@Test
	void handlesAsManyMessagesAtOnceAsConcurrencySays() {
		rig.runner(Concurrent.class).run((context) -> {
			Concurrent listener = context.getBean(Concurrent.class);
			send("concurrent.work", 3);
			await().untilAsserted(() -> assertThat(listener.running).hasValue(3));
			listener.release.countDown();
			await().untilAsserted(() -> assertThat(listener.running).hasValue(0));
		});
	}

	@Test
	void stopFinishesWhatHasArrivedAndStartReceivesAgain() {
		rig.runner(Stopping.class).run((context) -> {
			Stopping listener = context.getBean(Stopping.class);
			NatsListenerEndpointRegistry registry = context.getBean(NatsListenerEndpointRegistry.class);
			rig.client().publish("stopping.work", "1".getBytes());
			rig.client().publish("stopping.work", "2".getBytes());
			rig.client().flush(Duration.ofSeconds(2));
			await().untilAsserted(() -> assertThat(listener.begun).contains("1"));
			CompletableFuture<Void> stopped = CompletableFuture
				.runAsync(() -> registry.getListenerContainer("stopping").stop());
			listener.release.countDown();
			assertThat(stopped).succeedsWithin(Duration.ofSeconds(30));
			assertThat(listener.handled).containsExactly("1", "2");
			rig.client().publish("stopping.work", "lost".getBytes());
			rig.client().flush(Duration.ofSeconds(2));
			registry.getListenerContainer("stopping").start();
			rig.client().publish("stopping.work", "3".getBytes());
			await().untilAsserted(() -> assertThat(listener.handled).containsExactly("1", "2", "3"));
		});
	}

	@Test
	void stopFromTheListenersOwnThreadDoesNotWaitForItself() {
		rig.runner(StopsItself.class).run((context) -> {
			rig.client().publish("stops.itself", "now".getBytes());
			StopsItself listener = context.getBean(StopsItself.class);
			await().untilAsserted(() -> assertThat(listener.returned).isTrue());
			assertThat(context.getBean(NatsListenerEndpointRegistry.class).getListenerContainer("itself").isRunning())
				.isFalse();
		});
	}

	@Test
	void findsTheMethodOfAGenericBaseClassOnceAndKnowsItsPayload() {
		rig.runner(OrderHandler.class).run((context) -> {
			rig.client().publish("generic.orders", "{\"id\":\"o-1\",\"amount\":1}".getBytes());
			OrderHandler listener = context.getBean(OrderHandler.class);
			await().untilAsserted(() -> assertThat(listener.seen).containsExactly(new Order("o-1", 1)));
			assertThat(context.getBean(NatsListenerEndpointRegistry.class).getListenerContainers()).hasSize(1);
		});
	}

	private static void send(String subject, int count) {
		for (int i = 0; i < count; i++) {
			rig.client().publish(subject, Integer.toString(i).getBytes());
		}
	}

	private static String request(String subject, String text) throws Exception {
		Message reply = rig.client().request(subject, text.getBytes(), Duration.ofSeconds(10));
		return new String(reply.getData(), StandardCharsets.UTF_8);
	}

	record Order(String id, double amount) {
	}

	abstract static class BaseHandler<T> {

		final Queue<T> seen = new ConcurrentLinkedQueue<>();

		@NatsListener("generic.orders")
		public void handle(T payload) {
			this.seen.add(payload);
		}

	}

	static class OrderHandler extends BaseHandler<Order> {

		@Override
		public void handle(Order payload) {
			super.handle(payload);
		}

	}

	static class Plain {

		final Queue<String> first = new ConcurrentLinkedQueue<>();

		final Queue<String> second = new ConcurrentLinkedQueue<>();

		final Queue<String> third = new ConcurrentLinkedQueue<>();

		@NatsListener("plain.numbers")
		void first(String number) {
			this.first.add(number);
		}

		@NatsListener(subjects = "plain.*")
		void second(byte[] number) {
			this.second.add(new String(number));
		}

		@NatsListener("${no.such.property:plain.numbers}")
		void third(Integer number) {
			this.third.add(number.toString());
		}

	}

	static class Repeated {

		final Queue<String> seen = new ConcurrentLinkedQueue<>();

		@NatsListener("repeated.one")
		@NatsListener("repeated.two")
		void handle(String text) {
			this.seen.add(text);
		}

	}

	static class Grouped {

		final Queue<String> one = new ConcurrentLinkedQueue<>();

		final Queue<String> two = new ConcurrentLinkedQueue<>();

		final Queue<String> plain = new ConcurrentLinkedQueue<>();

		@NatsListener(subjects = "grouped.numbers", queue = "workers")
		void one(String number) {
			this.one.add(number);
		}

		@NatsListener(subjects = "grouped.numbers", queue = "workers")
		void two(String number) {
			this.two.add(number);
		}

		@NatsListener("grouped.numbers")
		void plain(String number) {
			this.plain.add(number);
		}

	}

	static class Wildcards {

		final Queue<String> all = new ConcurrentLinkedQueue<>();

		final Queue<String> one = new ConcurrentLinkedQueue<>();

		@NatsListener("Order.>")
		void all(Message message) {
			this.all.add(message.getSubject());
		}

		@NatsListener("Order.*")
		void one(NatsMessageHeaders headers) {
			this.one.add(headers.subject());
		}

	}

	static class Arguments {

		final Queue<List<Object>> seen = new ConcurrentLinkedQueue<>();

		@NatsListener("arguments.json")
		void all(@Payload Order order, @Header("Customer") int customer,
				@Header(name = NatsHeaders.MESSAGE_ID) String messageId, @Header(NatsHeaders.SUBJECT) String subject,
				NatsMessageHeaders headers, @Header(name = "Absent", defaultValue = "missing") String absent,
				@org.springframework.messaging.handler.annotation.Headers Map<String, Object> map,
				org.springframework.messaging.Message<Order> message) {
			this.seen.add(List.of(order, customer, messageId, subject, headers.subject(), absent, map.get("Customer"),
					message.getPayload()));
		}

	}

	static class Replies {

		final Queue<String> forwarded = new ConcurrentLinkedQueue<>();

		@NatsListener("replies.text")
		String text(String name) {
			return "Hello, " + name + "!";
		}

		@NatsListener("replies.json")
		Order json(String name) {
			return new Order(name, 1);
		}

		@NatsListener("replies.later")
		CompletableFuture<String> later(String name) {
			return CompletableFuture.supplyAsync(() -> "Later, " + name + "!");
		}

		@NatsListener("replies.forward")
		@SendTo("replies.forwarded")
		String forward(String text) {
			return text + " forwarded";
		}

		@NatsListener("replies.forwarded")
		void forwarded(String text) {
			this.forwarded.add(text);
		}

	}

	static class Failing {

		final Queue<String> handled = new ConcurrentLinkedQueue<>();

		@NatsListener("failing.json")
		void handle(Order order) {
			this.handled.add(order.id());
			if (order.id().equals("error")) {
				throw new LinkageError("on purpose");
			}
		}

	}

	static class Interrupted {

		final Queue<String> handled = new ConcurrentLinkedQueue<>();

		@NatsListener("interrupted.one")
		void one(String text) {
			handle(text);
		}

		@NatsListener(subjects = "interrupted.two", concurrency = "2")
		void two(String text) {
			handle(text);
		}

		@NatsListener("interrupted.reply")
		String reply(String text) {
			Thread.currentThread().interrupt();
			return text;
		}

		private void handle(String text) {
			this.handled.add(text);
			Thread.currentThread().interrupt();
			if (this.handled.size() % 2 == 0) {
				throw new IllegalStateException("on purpose");
			}
		}

	}

	static class Remembering {

		final Queue<Thread> threads = new ConcurrentLinkedQueue<>();

		@NatsListener(id = "remembering", subjects = "remembering.work", queue = "workers")
		void handle(String text) {
			this.threads.add(Thread.currentThread());
		}

	}

	static class Concurrent {

		final AtomicInteger running = new AtomicInteger();

		final CountDownLatch release = new CountDownLatch(1);

		@NatsListener(subjects = "concurrent.work", concurrency = "3")
		void work(byte[] body) throws InterruptedException {
			this.running.incrementAndGet();
			InTime.await(this.release);
			this.running.decrementAndGet();
		}

	}

	static class Stopping {

		final Queue<String> begun = new ConcurrentLinkedQueue<>();

		final Queue<String> handled = new ConcurrentLinkedQueue<>();

		final CountDownLatch release = new CountDownLatch(1);

		@NatsListener(id = "stopping", subjects = "stopping.work")
		void work(String text) throws InterruptedException {
			this.begun.add(text);
			InTime.await(this.release);
			this.handled.add(text);
		}

	}

	static class StopsItself {

		private final NatsListenerEndpointRegistry registry;

		volatile boolean returned;

		StopsItself(NatsListenerEndpointRegistry registry) {
			this.registry = registry;
		}

		@NatsListener(id = "itself", subjects = "stops.itself")
		void handle(String text) {
			this.registry.stop();
			this.returned = true;
		}

	}

}
