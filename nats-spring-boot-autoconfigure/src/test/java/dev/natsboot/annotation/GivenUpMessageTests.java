package dev.natsboot.annotation;

import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StreamConfiguration;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Messages that are given up where there is no dead-letter subject.
 */
@ExtendWith(OutputCaptureExtension.class)
class GivenUpMessageTests {

	@RegisterExtension
	private static final ListenerRig rig = new ListenerRig();

	@ParameterizedTest
	@CsvSource({ "Limits, 1", "WorkQueue, 0", "Interest, 0" })
	void theLogSaysFromWhichStreamsTheyAreGone(RetentionPolicy retention, int left, CapturedOutput output)
			throws Exception {
		String stream = retention.name();
		rig.management()
			.addStream(StreamConfiguration.builder()
				.name(stream)
				.subjects("given-up." + stream)
				.retentionPolicy(retention)
				.build());
		rig.runner(Failing.class).withPropertyValues("test.stream=" + stream).run((context) -> {
			await().until(() -> rig.consumer(stream, "failing").getNumWaiting() > 0);
			rig.publish("given-up." + stream, "1");
			await().until(() -> rig.consumer(stream, "failing").getAckFloor().getStreamSequence() == 1);
			await().untilAsserted(() -> assertThat(rig.messages(stream)).isEqualTo(left));
			assertThat(output).contains(
					"Listener 'failing' gives up messages and has no dead-letter subject: they stay " + "in stream '"
							+ stream + "', unless it is a work queue, or has retention 'interest' and no other "
							+ "consumer needs them. Set 'deadLetterSubject'");
		});
	}

	static class Failing {

		@NatsListener(id = "failing", stream = "${test.stream}", subjects = "given-up.${test.stream}",
				consumer = "failing", maxDeliver = "1")
		void handle(String text) {
			throw new IllegalStateException("on purpose");
		}

	}

}
