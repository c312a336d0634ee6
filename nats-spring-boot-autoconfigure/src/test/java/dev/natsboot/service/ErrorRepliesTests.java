package dev.natsboot.service;

import java.time.Duration;

import dev.natsboot.testsupport.NatsServer;
import io.nats.client.Connection;
import io.nats.client.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever the application's resolver does, who asked is answered.
 */
class ErrorRepliesTests {

	private NatsServer server;

	private TestConnection connection;

	@BeforeEach
	void start() {
		this.server = new NatsServer();
		this.connection = new TestConnection(this.server.url());
	}

	@AfterEach
	void stop() {
		this.connection.close();
		this.server.close();
	}

	@Test
	void aResolverThatFindsNothingLeavesAnInternalError() throws Exception {
		assertInternalError((failure) -> null);
	}

	@Test
	void aResolverThatFailsLeavesAnInternalError() throws Exception {
		assertInternalError((failure) -> {
			throw new IllegalArgumentException("expected by the test");
		});
	}

	@Test
	void aResolverThatThrowsTheFailureLeavesAnInternalError() throws Exception {
		assertInternalError((failure) -> {
			throw (IllegalStateException) failure;
		});
	}

	@Test
	void aResolverThatEndsInAnErrorLeavesAnInternalError() throws Exception {
		assertInternalError((failure) -> {
			throw new NoClassDefFoundError("expected by the test");
		});
	}

	private void assertInternalError(ServiceErrorResolver resolver) throws Exception {
		ErrorReplies replies = new ErrorReplies("the test", this.connection.manager(), resolver);
		Connection client = this.connection.connection();
		client.createDispatcher((request) -> replies.send(request, new IllegalStateException("no")))
			.subscribe("test.subject");
		Message reply = client.request("test.subject", null, Duration.ofSeconds(5));
		assertThat(reply).isNotNull();
		assertThat(reply.getHeaders().getFirst(ServiceError.CODE_HEADER)).isEqualTo("500");
		assertThat(reply.getHeaders().getFirst(ServiceError.TEXT_HEADER)).isEqualTo("Internal error");
	}

}
