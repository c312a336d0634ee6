package dev.natsboot.listener;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GapsTests {

	private final Gaps gaps = new Gaps();

	@Test
	void eachSequenceOfAGapComesOnce() {
		this.gaps.add(3, 5);
		this.gaps.add(8, 8);
		assertThat(this.gaps.remove(2)).isFalse();
		assertThat(this.gaps.remove(4)).isTrue();
		assertThat(this.gaps.remove(4)).isFalse();
		assertThat(this.gaps.remove(5)).isTrue();
		assertThat(this.gaps.remove(6)).isFalse();
		assertThat(this.gaps.first()).isEqualTo(3);
		assertThat(this.gaps.remove(3)).isTrue();
		assertThat(this.gaps.first()).isEqualTo(8);
		assertThat(this.gaps.remove(8)).isTrue();
		assertThat(this.gaps.first()).isEqualTo(Long.MAX_VALUE);
	}

	@Test
	void anEmptyGapIsNone() {
		this.gaps.add(4, 3);
		assertThat(this.gaps.first()).isEqualTo(Long.MAX_VALUE);
	}

	@Test
	void endsBeforeWhatIsAcknowledged() {
		this.gaps.add(3, 5);
		this.gaps.add(8, 9);
		this.gaps.removeTo(2);
		assertThat(this.gaps.first()).isEqualTo(3);
		this.gaps.removeTo(4);
		assertThat(this.gaps.first()).isEqualTo(5);
		this.gaps.removeTo(20);
		assertThat(this.gaps.first()).isEqualTo(Long.MAX_VALUE);
	}

	@Test
	void endsWithTheStream() {
		this.gaps.add(3, 5);
		this.gaps.add(8, 9);
		this.gaps.removeFrom(5);
		assertThat(this.gaps.remove(8)).isFalse();
		assertThat(this.gaps.remove(5)).isFalse();
		assertThat(this.gaps.remove(4)).isTrue();
		this.gaps.removeFrom(3);
		assertThat(this.gaps.first()).isEqualTo(Long.MAX_VALUE);
	}

}
