package dev.natsboot.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.natsboot.connection.ReplyCallbacks;
import io.nats.client.api.PublishAck;
import io.nats.client.impl.Headers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.THROWABLE;

class AsyncPublishTests {

	private final OutgoingMessage message = new OutgoingMessage("orders", new Headers(), new byte[0], "m-1");

	@Test
	void failsWithWhateverTheClientThrows() {
		List<@Nullable Throwable> failures = new ArrayList<>();
		CompletableFuture<PublishAck> future = new AsyncPublish(this.message, (message, callbacks) -> {
			throw new UnsupportedOperationException("closed for today");
		}, new ReplyCallbacks(Runnable::run, true), Duration.ofSeconds(1), 3, Duration.ZERO, failures::add).start();
		assertThat(future).isCompletedExceptionally();
		assertThat(failures).singleElement(THROWABLE)
			.isInstanceOf(NatsPublishException.class)
			.hasRootCauseMessage("closed for today");
		assertThatThrownBy(future::join).hasCause(failures.get(0));
	}

}
