package dev.natsboot.connection;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

import dev.natsboot.testsupport.NatsServer;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ReplyInboxTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private static final byte[] EMPTY = {};

	private static NatsServer server;

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
		this.inbox = new ReplyInbox(this.connection);
	}

	@AfterEach
	void close() throws Exception {
		this.connection.close();
	}

	@Test
	void givesEachRequestItsOwnReply() {
		this.connection.createDispatcher((request) -> this.connection.publish(request.getReplyTo(), request.getData()))
			.subscribe("echo");
		List<PendingReply> replies = IntStream.range(0, 1_000)
			.mapToObj((number) -> this.inbox.request("echo", null, Integer.toString(number).getBytes(), TIMEOUT))
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
		this.inbox.request("where", null, EMPTY, TIMEOUT);
		assertThat(replyTo.get(5, TimeUnit.SECONDS)).startsWith("replies.");
	}

	@Test
	void saysThatThereAreNoResponders() {
		assertThat(this.inbox.request("nobody", null, EMPTY, TIMEOUT)).succeedsWithin(TIMEOUT)
			.extracting((reply) -> reply.getStatus().getCode())
			.isEqualTo(503);
	}

	@Test
	void givesUpWhatIsNotAnsweredInTime() {
		this.connection.createDispatcher((request) -> {
		}).subscribe("silent");
		PendingReply late = this.inbox.request("silent", null, EMPTY, Duration.ofMillis(100));
		PendingReply patient = this.inbox.request("silent", null, EMPTY, Duration.ofHours(1));
		assertThat(late).failsWithin(TIMEOUT)
			.withThrowableOfType(ExecutionException.class)
			.withCauseInstanceOf(TimeoutException.class)
			.withMessageContaining("No reply within 100 ms");
		assertThat(patient).isNotDone();
		await().untilAsserted(() -> assertThat(this.inbox.outstanding()).isOne());
	}

	@Test
	void goesOnAfterRepliesThatNobodyWaitsForAndThoseToNothing() throws Exception {
		CompletableFuture<Message> request = new CompletableFuture<>();
		this.connection.createDispatcher(request::complete).subscribe("late");
		PendingReply late = this.inbox.request("late", null, EMPTY, Duration.ofMillis(50));
		assertThat(late).failsWithin(TIMEOUT);
		String replyTo = request.get(5, TimeUnit.SECONDS).getReplyTo();
		this.connection.publish(replyTo, EMPTY);
		this.connection.publish(replyTo.substring(0, replyTo.lastIndexOf('.')) + ".nonsense", EMPTY);
		givesEachRequestItsOwnReply();
	}

	@Test
	void failsWhatWaitsWhenTheConnectionIsClosed() throws Exception {
		this.connection.createDispatcher((request) -> {
		}).subscribe("silent");
		PendingReply waiting = this.inbox.request("silent", null, EMPTY, Duration.ofHours(1));
		this.connection.close();
		assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> waiting.get(5, TimeUnit.SECONDS))
			.withMessageContaining("connection is closed");
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> this.inbox.request("silent", null, EMPTY, TIMEOUT));
	}

}
