package dev.natsboot.listener;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReadAheadTests {

	private static final Duration ACK_WAIT = Duration.ofSeconds(30);

	@Test
	void beginsWithOneMessageForEachWorker() {
		assertThat(new ReadAhead(4, 1, 500, ACK_WAIT).missing(0)).isEqualTo(4);
	}

	@Test
	void keepsNoMoreThanTheWorkersOfASlowHandlerBusyAndAsksForEachAtOnce() {
		ReadAhead readAhead = new ReadAhead(4, 1, 500, ACK_WAIT);
		readAhead.measured(Duration.ofSeconds(2).toNanos());
		assertThat(readAhead.missing(3)).isEqualTo(1);
		assertThat(readAhead.missing(4)).isZero();
	}

	@Test
	void readsFarAheadForAFastHandlerAndAsksForManyAtOnce() {
		ReadAhead readAhead = new ReadAhead(1, 1, 500, ACK_WAIT);
		readAhead.measured(Duration.ofNanos(20_000).toNanos());
		assertThat(readAhead.target()).isEqualTo(500);
		assertThat(readAhead.missing(400)).isZero();
		assertThat(readAhead.missing(200)).isEqualTo(300);
	}

	@Test
	void keepsNoMoreThanSixteenMebibytesOfLargeMessages() {
		ReadAhead readAhead = new ReadAhead(2, 1, 5000, ACK_WAIT);
		readAhead.measured(Duration.ofNanos(20_000).toNanos());
		for (int i = 0; i < 100; i++) {
			readAhead.received(1024 * 1024);
		}
		assertThat(readAhead.target()).isEqualTo(16);
		readAhead.received(900 * 1024 * 1024);
		assertThat(readAhead.target()).isEqualTo(2);
	}

	@Test
	void staysWithinAQuarterOfAShortAckWait() {
		ReadAhead readAhead = new ReadAhead(1, 1, 500, Duration.ofMillis(400));
		readAhead.measured(Duration.ofMillis(10).toNanos());
		assertThat(readAhead.target()).isEqualTo(10);
	}

	@Test
	void asksForHalfABatchAtLeastWhereWorkersTakeBatches() {
		ReadAhead readAhead = new ReadAhead(2, 100, 500, ACK_WAIT);
		readAhead.measured(Duration.ofMillis(20).toNanos());
		assertThat(readAhead.target()).isEqualTo(200);
		assertThat(readAhead.missing(151)).isZero();
		assertThat(readAhead.missing(150)).isEqualTo(50);
	}

}
