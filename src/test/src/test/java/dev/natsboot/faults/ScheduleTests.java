package dev.natsboot.faults;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ScheduleTests {

	@Test
	void isTheSameForTheSameSeed() {
		assertThat(rounds(5, true, 40)).isEqualTo(rounds(5, true, 40)).isNotEqualTo(rounds(6, true, 40));
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void everyKindComesBeforeAnyComesAgain(boolean cluster) {
		Set<FaultKind> possible = Set.copyOf(FaultKind.possible(cluster, true));
		Set<FaultKind> seen = rounds(5, cluster, possible.size()).stream()
			.map((round) -> round.get(0).kind())
			.collect(Collectors.toSet());
		assertThat(seen).isEqualTo(possible);
	}

	@Test
	void whatHappensTogetherIsOfDifferentSides() {
		List<List<FaultPlan>> pairs = rounds(5, true, 200).stream().filter((round) -> round.size() > 1).toList();
		assertThat(pairs).isNotEmpty()
			.allSatisfy((pair) -> assertThat(pair).hasSize(2)
				.extracting((plan) -> plan.kind().side())
				.doesNotHaveDuplicates());
	}

	@Test
	void aSingleServerHasNoLeaderToLose() {
		assertThat(rounds(5, false, 100)).allSatisfy((round) -> assertThat(round).extracting(FaultPlan::kind)
			.doesNotContain(FaultKind.CONSUMER_LEADER_KILLED, FaultKind.NODE_KILLED));
	}

	@Test
	void streamsOfAClusterAreFilledOnlyWhereItsServersAgree() {
		assertThat(FaultKind.possible(true, true)).contains(FaultKind.STREAMS_FULL);
		assertThat(FaultKind.possible(true, false)).doesNotContain(FaultKind.STREAMS_FULL).isNotEmpty();
		assertThat(FaultKind.possible(false, false)).contains(FaultKind.STREAMS_FULL);
	}

	private static List<List<FaultPlan>> rounds(long seed, boolean cluster, int count) {
		return Stream.generate(new Schedule(seed, FaultKind.possible(cluster, true))::next).limit(count).toList();
	}

}
