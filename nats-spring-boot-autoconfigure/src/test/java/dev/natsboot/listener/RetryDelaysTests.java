package dev.natsboot.listener;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RetryDelaysTests {

	private static final List<Duration> FIRST = List.of(Duration.ofSeconds(1), Duration.ofSeconds(5));

	@Test
	void theLastDelayRepeats() {
		assertThat(seconds(RetryDelays.of(FIRST))).containsExactly(1L, 5L, 5L, 5L, 5L);
	}

	@Test
	void theLastDelayGrowsUpToTheLongest() {
		assertThat(seconds(new RetryDelays(FIRST, 2, Duration.ofSeconds(30), 0))).containsExactly(1L, 5L, 10L, 20L,
				30L);
	}

	@Test
	void aDelayThatIsLongerThanTheLongestStaysAsItIs() {
		assertThat(seconds(new RetryDelays(FIRST, 2, Duration.ofSeconds(2), 0))).containsExactly(1L, 5L, 5L, 5L, 5L);
	}

	@Test
	void aDelayDoesNotOverflow() {
		assertThat(new RetryDelays(FIRST, 10, Duration.ofMinutes(5), 0).after(100_000)).hasMinutes(5);
	}

	@Test
	void jitterSpreadsDelaysAroundThePlannedOne() {
		RetryDelays delays = new RetryDelays(List.of(Duration.ofSeconds(10)), 1, Duration.ofMinutes(1), 0.2);
		List<Duration> drawn = IntStream.range(0, 200).mapToObj((i) -> delays.after(1)).toList();
		assertThat(drawn)
			.allSatisfy((delay) -> assertThat(delay).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(12)))
			.anySatisfy((delay) -> assertThat(delay).isLessThan(Duration.ofMillis(9500)))
			.anySatisfy((delay) -> assertThat(delay).isGreaterThan(Duration.ofMillis(10500)));
	}

	@Test
	void whatCannotBeADelayIsRefusedWithAnExample() {
		assertThatIllegalArgumentException().isThrownBy(() -> RetryDelays.of(List.of()))
			.withMessage("'backoff' needs at least one delay, for example backoff = \"1s,5s,10s\"");
		assertThatIllegalArgumentException().isThrownBy(() -> new RetryDelays(FIRST, 0.5, Duration.ofMinutes(1), 0))
			.withMessageContaining("backoffMultiplier = \"2\"");
		assertThatIllegalArgumentException().isThrownBy(() -> new RetryDelays(FIRST, 2, Duration.ZERO, 0))
			.withMessageContaining("backoffMax = \"1m\"");
		assertThatIllegalArgumentException().isThrownBy(() -> new RetryDelays(FIRST, 2, Duration.ofMinutes(1), 1.5))
			.withMessageContaining("backoffJitter = \"0.2\"");
	}

	private static List<Long> seconds(RetryDelays delays) {
		return LongStream.rangeClosed(1, 5).map((delivery) -> delays.after(delivery).toSeconds()).boxed().toList();
	}

}
