package dev.natsboot.annotation;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.natsboot.core.EndpointState.Status;
import dev.natsboot.listener.NatsListenerEndpointRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Where a new consumer begins, for every type of consumer: exactly these messages come.
 */
class ReplayTests {

	@RegisterExtension
	private static final ListenerRig rig = new ListenerRig();

	@BeforeEach
	void history() throws Exception {
		rig.stream("REPLAY", "replay.>");
		for (int number = 1; number <= 9; number++) {
			rig.publish("replay." + "abc".charAt(number % 3), Integer.toString(number));
		}
	}

	static Stream<Arguments> replays() {
		return Stream.of("pull", "push", "ordered")
			.flatMap((type) -> Stream.of(Arguments.of(type, "policy=", range(1)),
					Arguments.of(type, "policy=all", range(1)), Arguments.of(type, "policy=last", range(9)),
					Arguments.of(type, "policy=last-per-subject", range(7)),
					Arguments.of(type, "policy=new", range(10)), Arguments.of(type, "sequence=4", range(4))));
	}

	private static List<Integer> range(int first) {
		return IntStream.rangeClosed(first, 10).boxed().toList();
	}

	@ParameterizedTest
	@MethodSource("replays")
	void beginsWhereTheDeliverPolicySays(String type, String property, List<Integer> expected) {
		expect(type, property, expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "pull", "push", "ordered" })
	void beginsAtATime(String type) throws Exception {
		String time = rig.management().getMessage("REPLAY", 6).getTime().toInstant().toString();
		expect(type, "time=" + time, range(6));
	}

	@ParameterizedTest
	@ValueSource(strings = { "pull", "push", "ordered" })
	void takesTheLastMessageOfEachSubjectAlsoWhereTheyAreSpread(String type) {
		rig.publish("replay.a", "10");
		rig.publish("replay.a", "11");
		rig.runner(Replaying.class)
			.withPropertyValues("type=" + type, "policy=last-per-subject")
			.run((context) -> await()
				.untilAsserted(() -> assertThat(context.getBean(Replaying.class).seen).containsExactly(7, 8, 11)));
	}

	private static void expect(String type, String property, List<Integer> expected) {
		rig.runner(Replaying.class).withPropertyValues("type=" + type, property).run((context) -> {
			await().untilAsserted(() -> assertThat(context.getBean(NatsListenerEndpointRegistry.class)
				.getListenerContainer("replaying")
				.getState()
				.status()).isEqualTo(Status.RUNNING));
			rig.publish("replay.end", "10");
			Queue<Integer> seen = context.getBean(Replaying.class).seen;
			await().untilAsserted(() -> assertThat(seen).contains(10));
			assertThat(seen).containsExactlyElementsOf(expected);
		});
	}

	static class Replaying {

		final Queue<Integer> seen = new ConcurrentLinkedQueue<>();

		@NatsListener(id = "replaying", subjects = "replay.>", stream = "REPLAY", consumerType = "${type}",
				deliverPolicy = "${policy:}", startSequence = "${sequence:}", startTime = "${time:}")
		void handle(int number) {
			this.seen.add(number);
		}

	}

}
