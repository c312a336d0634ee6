package dev.natsboot.connection;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.natsboot.testsupport.NatsServer;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.Subscription;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.AdditionalAnswers;
import org.mockito.ArgumentMatchers;
import org.mockito.Mockito;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ReplyInboxTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private static final byte[] EMPTY = {};

	private static final AtomicInteger names = new AtomicInteger();

	private static NatsServer server;

	private final ExecutorService threads = Executors.newCachedThreadPool(new CustomizableThreadFactory("callbacks-"));

	/** Replies come when what depends on them is known. */
	private final CountDownLatch asked = new CountDownLatch(1);

	private final String name = "test-" + names.incrementAndGet();

	private Connection connection;

	private ReplyInbox inbox;

	@BeforeAll
	static void startServer() {
		server = new NatsServer();
	}

	@AfterAll
	static void stopServer() {
		server.close();
	}

	@BeforeEach
	void connect() throws Exception {
		this.connection = Nats
			.connect(Options.builder().server(server.url()).inboxPrefix("replies.").maxReconnects(0).build());
		this.inbox = new ReplyInbox(this.connection, this.name);
	}

	@AfterEach
	void close() throws Exception {
		this.connection.close();
		this.threads.shutdown();
	}

	@Test
	void givesEachRequestItsOwnReply() {
		echo();
		this.asked.countDown();
		List<PendingReply> replies = IntStream.range(0, 1_000)
			.mapToObj((number) -> this.inbox.request("echo", null, Integer.toString(number).getBytes(), TIMEOUT, null))
			.toList();
		for (int i = 0; i < replies.size(); i++) {
			assertThat(replies.get(i)).succeedsWithin(TIMEOUT)
				.extracting((reply) -> new String(reply.getData(), StandardCharsets.US_ASCII))
				.isEqualTo(Integer.toString(i));
		}
	}

	@Test
	void receivesRepliesUnderTheConnectionsPrefix() throws Exception {
		CompletableFuture<String> replyTo = new CompletableFuture<>();
		this.connection.createDispatcher((request) -> replyTo.complete(request.getReplyTo())).subscribe("where");
		this.inbox.request("where", null, EMPTY, TIMEOUT, null);
		assertThat(replyTo.get(5, TimeUnit.SECONDS)).startsWith("replies.");
	}

	@Test
	void saysThatThereAreNoResponders() {
		assertThat(this.inbox.request("nobody", null, EMPTY, TIMEOUT, null)).succeedsWithin(TIMEOUT)
			.extracting((reply) -> reply.getStatus().getCode())
			.isEqualTo(503);
	}

	@Test
	void givesUpWhatIsNotAnsweredInTime() {
		this.connection.createDispatcher((request) -> {
		}).subscribe("silent");
		PendingReply late = this.inbox.request("silent", null, EMPTY, Duration.ofMillis(100), null);
		PendingReply patient = this.inbox.request("silent", null, EMPTY, Duration.ofHours(1), null);
		assertThat(late).failsWithin(TIMEOUT)
			.withThrowableOfType(ExecutionException.class)
			.withCauseInstanceOf(TimeoutException.class)
			.withMessageContaining("No reply within 100 ms");
		assertThat(patient).isNotDone();
		Awaitility.await().untilAsserted(() -> assertThat(this.inbox.outstanding()).isOne());
	}

	@Test
	void awaitsRepliesNoLongerThanItIsAllowed() {
		echo();
		this.connection.createDispatcher((request) -> {
		}).subscribe("silent");
		PendingReply answered = this.inbox.request("echo", null, EMPTY, TIMEOUT, null);
		this.asked.countDown();
		this.inbox.awaitReplies(TIMEOUT);
		assertThat(answered).isDone();
		PendingReply unanswered = this.inbox.request("silent", null, EMPTY, Duration.ofHours(1), null);
		long start = System.nanoTime();
		this.inbox.awaitReplies(Duration.ofMillis(100));
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(95), TIMEOUT);
		assertThat(unanswered).isNotDone();
	}

	@Test
	void goesOnAfterRepliesThatNobodyWaitsForAndThoseToNothing() throws Exception {
		CompletableFuture<Message> request = new CompletableFuture<>();
		this.connection.createDispatcher(request::complete).subscribe("late");
		PendingReply late = this.inbox.request("late", null, EMPTY, Duration.ofMillis(50), null);
		assertThat(late).failsWithin(TIMEOUT);
		String replyTo = request.get(5, TimeUnit.SECONDS).getReplyTo();
		this.connection.publish(replyTo, EMPTY);
		this.connection.publish(replyTo.substring(0, replyTo.lastIndexOf('.')) + ".nonsense", EMPTY);
		givesEachRequestItsOwnReply();
	}

	@Test
	void runsWhatDependsOnAReplyWhereTheReplyIsRead() throws Exception {
		echo();
		assertThat(threadOf(true)).startsWith("nats-" + this.name + "-replies-");
	}

	@Test
	void runsWhatDependsOnAReplyOnTheGivenThreadsWhereItHasTo() throws Exception {
		echo();
		assertThat(threadOf(false)).startsWith("callbacks-");
	}

	@Test
	void whatBlocksKeepsNoReplyFromComing() {
		echo();
		CountDownLatch release = new CountDownLatch(1);
		List<CompletableFuture<Boolean>> blocked = IntStream.range(0, 20)
			.mapToObj((number) -> request(true).thenApply((reply) -> await(release)))
			.toList();
		this.asked.countDown();
		for (int i = 0; i < 20; i++) {
			assertThat(this.inbox.request("echo", null, EMPTY, TIMEOUT, null)).succeedsWithin(TIMEOUT);
			assertThat(request(true)).succeedsWithin(TIMEOUT);
		}
		assertThat(blocked).noneMatch(CompletableFuture::isDone);
		release.countDown();
		assertThat(blocked).allSatisfy((future) -> assertThat(future).succeedsWithin(TIMEOUT));
	}

	@Test
	void requestThatIsWaitedForWhereRepliesAreReadIsAnswered() {
		echo();
		List<CompletableFuture<Message>> nested = IntStream.range(0, 20)
			.mapToObj((number) -> request(true)
				.thenApply((reply) -> this.inbox.request("echo", null, EMPTY, TIMEOUT, null).join()))
			.toList();
		this.asked.countDown();
		assertThat(nested).allSatisfy((future) -> assertThat(future).succeedsWithin(TIMEOUT));
	}

	@Test
	void readsOnOneThreadAgainAfterSomethingHasBlocked() {
		echo();
		CountDownLatch release = new CountDownLatch(1);
		CompletableFuture<Boolean> blocking = request(true).thenApply((reply) -> await(release));
		PendingReply behind = request(true);
		this.asked.countDown();
		assertThat(behind).succeedsWithin(TIMEOUT);
		assertThat(blocking).isNotDone();
		release.countDown();
		assertThat(blocking).succeedsWithin(TIMEOUT);
		Awaitility.await().untilAsserted(() -> {
			assertThat(threadOf(true)).isEqualTo("nats-" + this.name + "-replies-2");
			assertThat(readers()).isOne();
		});
	}

	@Test
	void callbackThatLeavesItsThreadInterruptedKeepsNoReplyFromComing() {
		echo();
		CompletableFuture<Void> interrupted = request(true).thenRun(() -> Thread.currentThread().interrupt());
		this.asked.countDown();
		assertThat(interrupted).succeedsWithin(TIMEOUT);
		assertThat(request(true)).succeedsWithin(TIMEOUT);
	}

	@Test
	void interruptOfTheReaderKeepsNoReplyFromComing() {
		echo();
		this.asked.countDown();
		Thread reader = reader();
		reader.interrupt();
		Awaitility.await().until(() -> !reader.isInterrupted());
		assertThat(request(true)).succeedsWithin(TIMEOUT);
	}

	@Test
	void readsOnWhenThereWasNoThreadToRelieveTheReader() {
		echo();
		ScarceThreads scarce = new ScarceThreads();
		this.inbox = new ReplyInbox(this.connection, scarce);
		CountDownLatch release = new CountDownLatch(1);
		CompletableFuture<Boolean> blocking = request(true).thenApply((reply) -> await(release));
		PendingReply behind = request(true);
		scarce.exhausted = true;
		this.asked.countDown();
		Awaitility.await().until(() -> scarce.refusals.get() > 1);
		assertThat(behind).isNotDone();
		scarce.exhausted = false;
		assertThat(behind).succeedsWithin(TIMEOUT);
		release.countDown();
		assertThat(blocking).succeedsWithin(TIMEOUT);
	}

	@Test
	void readerThatWasNotRelievedGoesOnWhenNothingBlocksItAnyLonger() {
		echo();
		ScarceThreads scarce = new ScarceThreads();
		this.inbox = new ReplyInbox(this.connection, scarce);
		CountDownLatch release = new CountDownLatch(1);
		CompletableFuture<Boolean> blocking = request(true).thenApply((reply) -> await(release));
		scarce.exhausted = true;
		this.asked.countDown();
		PendingReply behind = request(true);
		Awaitility.await().until(() -> scarce.refusals.get() > 0);
		release.countDown();
		assertThat(blocking).succeedsWithin(TIMEOUT);
		assertThat(behind).succeedsWithin(TIMEOUT);
	}

	@Test
	void inboxThatGetsNoReaderLeavesNoSubscriptionBehind() {
		ScarceThreads scarce = new ScarceThreads();
		scarce.exhausted = true;
		List<Subscription> subscriptions = new ArrayList<>();
		Connection recorded = Mockito.mock(Connection.class, AdditionalAnswers.delegatesTo(this.connection));
		Mockito.doAnswer((call) -> {
			subscriptions.add(this.connection.subscribe(call.getArgument(0)));
			return subscriptions.get(0);
		}).when(recorded).subscribe(ArgumentMatchers.anyString());
		assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> new ReplyInbox(recorded, scarce));
		assertThat(subscriptions).singleElement().matches((subscription) -> !subscription.isActive());
	}

	@Test
	void readerEndsWithTheConnection() throws Exception {
		assertThat(readers()).isOne();
		this.connection.close();
		Awaitility.await().untilAsserted(() -> assertThat(readers()).isZero());
	}

	@Test
	void readerTakesNoProcessorTimeWhileTheConnectionIsDrained() throws Exception {
		Thread reader = reader();
		CountDownLatch handling = new CountDownLatch(1);
		Dispatcher slow = this.connection.createDispatcher((message) -> {
			handling.countDown();
			await(new CountDownLatch(1), 1_000);
		});
		slow.subscribe("slow");
		this.connection.publish("slow", EMPTY);
		await(handling);
		ThreadMXBean threads = ManagementFactory.getThreadMXBean();
		long before = threads.getThreadCpuTime(reader.getId());
		CompletableFuture<Boolean> drained = this.connection.drain(TIMEOUT);
		Awaitility.await()
			.pollInterval(Duration.ofMillis(20))
			.until(() -> drained.isDone() || threads.getThreadCpuTime(reader.getId()) - before > 300_000_000L);
		assertThat(drained).isDone();
	}

	private Thread reader() {
		return readerThreads().findFirst().orElseThrow();
	}

	private long readers() {
		return readerThreads().count();
	}

	private Stream<Thread> readerThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("nats-" + this.name + "-replies-"));
	}

	private void echo() {
		this.connection.createDispatcher((request) -> {
			await(this.asked);
			this.connection.publish(request.getReplyTo(), request.getData());
		}).subscribe("echo");
	}

	private String threadOf(boolean anyThread) throws Exception {
		CompletableFuture<String> name = request(anyThread).thenApply((reply) -> Thread.currentThread().getName());
		this.asked.countDown();
		return name.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
	}

	private PendingReply request(boolean anyThread) {
		ReplyCallbacks callbacks = new ReplyCallbacks(this.threads, anyThread);
		return this.inbox.request("echo", null, EMPTY, TIMEOUT, callbacks);
	}

	private static boolean await(CountDownLatch latch) {
		return await(latch, TIMEOUT.toMillis());
	}

	private static boolean await(CountDownLatch latch, long millis) {
		try {
			return latch.await(millis, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	@Test
	void failsWhatWaitsWhenTheConnectionIsClosed() throws Exception {
		this.connection.createDispatcher((request) -> {
		}).subscribe("silent");
		PendingReply waiting = this.inbox.request("silent", null, EMPTY, Duration.ofHours(1), null);
		this.connection.flush(TIMEOUT);
		this.connection.close();
		assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> waiting.get(5, TimeUnit.SECONDS))
			.withMessageContaining("connection is closed");
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> this.inbox.request("silent", null, EMPTY, TIMEOUT, null));
	}

	/**
	 * Threads that can't be started while there are too many.
	 */
	private static final class ScarceThreads implements ThreadFactory {

		private final AtomicInteger refusals = new AtomicInteger();

		private volatile boolean exhausted;

		@Override
		public Thread newThread(Runnable task) {
			Thread thread = new Thread(task) {

				@Override
				public synchronized void start() {
					if (ScarceThreads.this.exhausted) {
						ScarceThreads.this.refusals.incrementAndGet();
						throw new OutOfMemoryError("unable to create native thread (expected by the test)");
					}
					super.start();
				}

			};
			thread.setDaemon(true);
			return thread;
		}

	}

}
