package dev.natsboot.annotation;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import com.google.protobuf.StringValue;
import dev.natsboot.autoconfigure.NatsServiceAutoConfiguration;
import dev.natsboot.core.JetStreamTemplate;
import dev.natsboot.core.NatsTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.autoconfigure.AutoConfigurations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A protobuf message whose fields are all at their defaults, which takes no bytes.
 */
class EmptyProtobufTests {

	private static final StringValue EMPTY = StringValue.getDefaultInstance();

	@RegisterExtension
	private static final ListenerRig rig = new ListenerRig().with("VALUES", "values.stored");

	@Test
	void reachesListeners() {
		rig.runner(Values.class).run((context) -> {
			context.getBean(NatsTemplate.class).publish("values.core", EMPTY);
			context.getBean(JetStreamTemplate.class).publish("values.stored", EMPTY);
			await()
				.untilAsserted(() -> assertThat(context.getBean(Values.class).received).containsExactly(EMPTY, EMPTY));
		});
	}

	@Test
	void isARequestAndAReply() {
		rig.runner(Echo.class)
			.withConfiguration(AutoConfigurations.of(NatsServiceAutoConfiguration.class))
			.run((context) -> assertThat(context.getBean(NatsTemplate.class)
				.request("values.echo", EMPTY, StringValue.class, Duration.ofSeconds(5))).isEqualTo(EMPTY));
	}

	static class Values {

		final Queue<StringValue> received = new ConcurrentLinkedQueue<>();

		@NatsListener("values.core")
		void core(StringValue value) {
			this.received.add(value);
		}

		@NatsListener(subjects = "values.stored", stream = "VALUES", consumer = "values")
		void stored(StringValue value) {
			this.received.add(value);
		}

	}

	static class Echo {

		@NatsRequestHandler("values.echo")
		StringValue echo(StringValue value) {
			return value;
		}

	}

}
