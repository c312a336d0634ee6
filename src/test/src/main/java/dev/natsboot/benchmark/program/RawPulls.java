package dev.natsboot.benchmark.program;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import io.nats.client.Connection;
import io.nats.client.ConsumeOptions;
import io.nats.client.ConsumerContext;
import io.nats.client.FetchConsumeOptions;
import io.nats.client.FetchConsumer;
import io.nats.client.IterableConsumer;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PullSubscribeOptions;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the messages of a stream with jnats alone, on threads of its own.
 */
final class RawPulls {

	private static final Log logger = LogFactory.getLog(RawPulls.class);

	private static final Duration WAIT = Duration.ofSeconds(2);

	private final Connection connection;

	private final ProgramSettings settings;

	private final Consumer<Message> handler;

	private final BooleanSupplier over;

	RawPulls(Connection connection, ProgramSettings settings, Consumer<Message> handler, BooleanSupplier over) {
		this.connection = connection;
		this.settings = settings;
		this.handler = handler;
		this.over = over;
	}

	/**
	 * Handle messages, on as many threads as there are handlers.
	 */
	void start() {
		for (int i = 0; i < this.settings.threads(); i++) {
			new Thread(this::run, "pull-" + i).start();
		}
	}

	private void run() {
		try {
			switch (this.settings.role()) {
				case JS_ITERATE -> iterate();
				case JS_PULL -> pull();
				default -> fetch();
			}
		}
		catch (Exception ex) {
			if (!this.over.getAsBoolean()) {
				logger.error("Messages can't be pulled, there is nothing to measure", ex);
				Runtime.getRuntime().halt(1);
			}
		}
	}

	private void fetch() throws Exception {
		ConsumerContext consumer = consumer();
		FetchConsumeOptions options = FetchConsumeOptions.builder()
			.maxMessages(this.settings.batch())
			.expiresIn(WAIT.toMillis())
			.build();
		while (!this.over.getAsBoolean()) {
			try (FetchConsumer fetched = consumer.fetch(options)) {
				while (handle(fetched.nextMessage())) {
				}
			}
		}
	}

	private void iterate() throws Exception {
		ConsumeOptions options = ConsumeOptions.builder().batchSize(this.settings.batch()).build();
		try (IterableConsumer messages = consumer().iterate(options)) {
			while (!this.over.getAsBoolean()) {
				handle(messages.nextMessage(WAIT));
			}
		}
	}

	/**
	 * Ask for the next half while the other one is handled.
	 */
	private void pull() throws Exception {
		JetStreamSubscription subscription = this.connection.jetStream()
			.subscribe(null, PullSubscribeOptions.bind(this.settings.stream(), this.settings.consumer()));
		int half = this.settings.batch() / 2;
		subscription.pull(half);
		subscription.pull(half);
		for (int handled = 0; !this.over.getAsBoolean();) {
			if (handle(subscription.nextMessage(WAIT)) && ++handled % half == 0) {
				subscription.pull(half);
			}
		}
	}

	private ConsumerContext consumer() throws Exception {
		return this.connection.getStreamContext(this.settings.stream()).getConsumerContext(this.settings.consumer());
	}

	private boolean handle(@Nullable Message message) {
		if (message == null) {
			return false;
		}
		this.handler.accept(message);
		return true;
	}

}
