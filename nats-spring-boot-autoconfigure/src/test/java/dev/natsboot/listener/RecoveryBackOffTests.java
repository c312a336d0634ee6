package dev.natsboot.listener;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RecoveryBackOffTests {

	@Test
	void whatIsMissingIsLookedForLessAndLessOften() {
		RecoveryBackOff backOff = new RecoveryBackOff();
		List<Long> delays = Stream.generate(backOff::next).limit(12).map(Duration::toMillis).toList();
		assertThat(delays).startsWith(100L, 200L, 400L, 800L)
			.isSorted()
			.endsWith(12_800L, 15_000L, 15_000L, 15_000L, 15_000L);
		assertThat(backOff.attempts()).isEqualTo(12);
	}

	@Test
	void beginsAnewWhenItWasFound() {
		RecoveryBackOff backOff = new RecoveryBackOff();
		backOff.next();
		backOff.next();
		backOff.reset();
		assertThat(backOff.next()).isEqualTo(Duration.ofMillis(100));
	}

}
