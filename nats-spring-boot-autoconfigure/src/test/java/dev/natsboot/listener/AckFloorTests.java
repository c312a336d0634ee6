package dev.natsboot.listener;

import java.time.ZonedDateTime;
import java.util.List;
import java.util.TreeSet;

import dev.natsboot.convert.AckSubject;
import dev.natsboot.listener.AckFloor.Arrival;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.SequenceInfo;
import io.nats.client.impl.NatsMessage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

class AckFloorTests {

	private static final ZonedDateTime CREATED = ZonedDateTime.now();

	private final AckFloor floor = new AckFloor();

	@Test
	void goesNoFurtherThanTheFirstOpenMessage() {
		attach(0, 0, 0);
		Delivery first = add(1, 1);
		Delivery second = add(2, 2);
		Delivery third = add(3, 3);
		second.finish();
		assertThat(this.floor.advance()).isNull();
		first.finish();
		assertThat(this.floor.advance()).isEqualTo(second.message().getReplyTo());
		third.finish();
		assertThat(this.floor.advance()).isEqualTo(third.message().getReplyTo());
		assertThat(this.floor.advance()).isNull();
	}

	@Test
	void doesNotPassWhatWasGivenBack() {
		attach(0, 0, 0);
		Delivery first = add(1, 1);
		add(2, 2).finish();
		this.floor.forget(first);
		assertThat(this.floor.advance()).isNull();
		assertThat(attach(0, 2, 2)).containsExactly(1);
		Delivery again = add(1, 3);
		assertThat(this.floor.advance()).isNull();
		again.finish();
		assertThat(AckSubject.streamSequence(this.floor.advance())).isEqualTo(2);
	}

	/**
	 * The server ignores an acknowledgement whose delivery has no higher number than the
	 * one before.
	 */
	@Test
	void acknowledgesWithGrowingNumbersWhateverHasComeAgain() {
		attach(0, 0, 0);
		Delivery first = add(1, 1);
		Delivery second = add(2, 2);
		add(3, 3).finish();
		this.floor.forget(first);
		this.floor.forget(second);
		attach(0, 3, 3);
		Delivery secondAgain = add(2, 4);
		Delivery firstAgain = add(1, 5);
		firstAgain.finish();
		long number = AckSubject.consumerSequence(this.floor.advance());
		secondAgain.finish();
		String subject = this.floor.advance();
		assertThat(AckSubject.streamSequence(subject)).isEqualTo(3);
		assertThat(AckSubject.consumerSequence(subject)).isGreaterThan(number).isLessThanOrEqualTo(5);
	}

	@Test
	void doesNotWaitForWhatWasRemovedWhileItWasAway() {
		attach(0, 0, 0);
		Delivery first = add(1, 1);
		Delivery second = add(2, 2);
		second.finish();
		this.floor.forget(first);
		assertThat(this.floor.advance()).isNull();
		assertThat(attach(1, 2, 2)).isEmpty();
		assertThat(AckSubject.streamSequence(this.floor.advance())).isEqualTo(2);
	}

	@Test
	void doesNotWaitForWhatIsRemovedAfterItWasCalledBack() {
		attach(0, 0, 0);
		Delivery first = add(1, 1);
		add(2, 2).finish();
		this.floor.forget(first);
		assertThat(attach(0, 2, 2)).containsExactly(1);
		assertThat(this.floor.advance()).isNull();
		add(3, 3).finish();
		assertThat(AckSubject.streamSequence(this.floor.advance())).isEqualTo(3);
	}

	/**
	 * As the server delivers again what was given back in that order.
	 */
	@Test
	void goesNoFurtherThanWhatWasGivenBackLater() {
		assertThat(attach(0, 3, 3)).containsExactly(1, 2, 3);
		add(3, 4).finish();
		assertThat(this.floor.advance()).isNull();
		Delivery first = add(1, 5);
		Delivery second = add(2, 6);
		first.finish();
		assertThat(this.floor.advance()).contains(".1.4.");
		second.finish();
		assertThat(this.floor.advance()).contains(".3.6.");
	}

	/**
	 * What the server has delivered before it was asked for the others is no sign that
	 * they don't come.
	 */
	@Test
	void waitsForWhatWasCalledBackThoughSomethingNewComesBefore() {
		this.floor.attach(info(0, 2, 2), null);
		this.floor.calledBack(info(0, 3, 3));
		add(3, 3).finish();
		assertThat(this.floor.advance()).isNull();
		add(1, 4).finish();
		add(2, 5).finish();
		assertThat(AckSubject.streamSequence(this.floor.advance())).isEqualTo(3);
	}

	@Test
	void countsWhatComesBeforeAllIsCalledBack() {
		attach(0, 0, 0);
		ConsumerInfo info = info(0, 3, 3);
		this.floor.attach(info, null);
		add(2, 4).finish();
		this.floor.calledBack(info);
		add(3, 5).finish();
		assertThat(this.floor.advance()).isNull();
		add(1, 6).finish();
		assertThat(AckSubject.streamSequence(this.floor.advance())).isEqualTo(3);
	}

	@Test
	void doesNotWaitForWhatTheServerHasNotGot() {
		attach(0, 3, 3);
		Delivery second = add(2, 4);
		second.finish();
		assertThat(this.floor.advance()).isNull();
		assertThat(this.floor.leaveMissing()).isTrue();
		assertThat(this.floor.advance()).isEqualTo(second.message().getReplyTo());
		assertThat(this.floor.leaveMissing()).isFalse();
	}

	@Test
	void callsBackWhatIsNotHere() {
		attach(0, 0, 0);
		add(1, 1);
		assertThat(attach(0, 3, 3)).containsExactly(2, 3);
		assertThat(arrive(5, 5)).isEqualTo(Arrival.OUT_OF_SEQUENCE);
		assertThat(arrive(2, 6)).isEqualTo(Arrival.TOO_EARLY);
	}

	@Test
	void acknowledgesOnceMoreWhatTheServerHasForgotten() {
		attach(0, 0, 0);
		Delivery first = add(1, 1);
		first.finish();
		this.floor.advance();
		assertThat(attach(0, 1, 1)).isEmpty();
		assertThat(this.floor.advance()).isEqualTo(first.message().getReplyTo());
		assertThat(arrive(1, 2)).isEqualTo(Arrival.KNOWN);
	}

	@Test
	void knowsTheFirstThatNobodyHasSettled() {
		attach(0, 2, 2);
		Delivery first = add(1, 3);
		Delivery second = add(2, 4);
		assertThat(this.floor.isBehindAnother(first)).isFalse();
		assertThat(this.floor.isBehindAnother(second)).isTrue();
		first.finish();
		this.floor.advance();
		assertThat(this.floor.isBehindAnother(second)).isTrue();
	}

	@Test
	void callsBackOnlyWhatWasFound() {
		attach(0, 0, 0);
		add(1, 1);
		assertThat(attach(0, 900, 3, 1L, 500L, 700L)).containsExactly(500, 700);
		add(500, 4);
		add(700, 5);
		add(901, 6);
		assertThat(isMisled()).isFalse();
	}

	@Test
	void goesNoFurtherThanWhatWasCalledBack() {
		attach(0, 900, 3, 1L, 500L);
		Delivery later = add(500, 4);
		later.finish();
		assertThat(this.floor.advance()).isNull();
		Delivery first = add(1, 5);
		first.finish();
		assertThat(AckSubject.streamSequence(this.floor.advance())).isEqualTo(500);
	}

	@Test
	void callsEverythingBackWhenAnythingComesBeforeWhatWasFound() {
		attach(0, 900, 3, 500L);
		assertThat(arrive(901, 4)).isEqualTo(Arrival.OUT_OF_SEQUENCE);
		assertThat(isMisled()).isTrue();
		assertThat(attach(0, 901, 4)).hasSize(901);
		assertThat(isMisled()).isFalse();
		add(500, 5);
	}

	@Test
	void takesWhatIsKnownBeforeWhatWasFound() {
		attach(0, 0, 0);
		Delivery first = add(1, 1);
		Delivery second = add(2, 2);
		this.floor.forget(second);
		assertThat(attach(0, 900, 3, 1L, 2L, 500L)).containsExactly(2, 500);
		assertThat(arrive(1, 4)).isEqualTo(Arrival.KNOWN);
		first.finish();
		assertThat(this.floor.advance()).isEqualTo(first.message().getReplyTo());
		add(2, 5);
		add(500, 6);
	}

	@Test
	void takesNothingNewAndAcknowledgesNothingBeforeAllIsCalledBack() {
		ConsumerInfo info = info(0, 1, 1);
		this.floor.attach(info, null);
		assertThat(this.floor.isAttached()).isFalse();
		Delivery first = add(1, 2);
		first.finish();
		assertThat(this.floor.advance()).isNull();
		this.floor.calledBack(info);
		assertThat(this.floor.isAttached()).isTrue();
		assertThat(this.floor.advance()).isEqualTo(first.message().getReplyTo());
		this.floor.attach(info(1, 2, 3), null);
		assertThat(arrive(3, 4)).isEqualTo(Arrival.OUT_OF_SEQUENCE);
		this.floor.calledBack(info);
		assertThat(this.floor.isAttached()).isFalse();
	}

	@Test
	void trustsNoSearchWhileTheServerWaitsForWhatWasAcknowledged() {
		attach(0, 0, 0);
		Delivery first = add(1, 1);
		first.finish();
		this.floor.advance();
		assertThat(this.floor.isInDoubt(info(0, 1, 1))).isTrue();
		assertThat(this.floor.lost(info(0, 1, 1))).isEqualTo(first.message().getReplyTo());
		assertThat(this.floor.isInDoubt(info(1, 1, 1))).isFalse();
		assertThat(this.floor.lost(info(1, 1, 1))).isNull();
	}

	private boolean isMisled() {
		return this.floor.isInDoubt(info(Long.MAX_VALUE, 0, 0));
	}

	private long[] attach(long acknowledged, long delivered, long deliveries, Long... found) {
		ConsumerInfo info = info(acknowledged, delivered, deliveries);
		long[] unknown = this.floor.attach(info, (found.length > 0) ? new TreeSet<>(List.of(found)) : null).toArray();
		this.floor.calledBack(info);
		return unknown;
	}

	private static ConsumerInfo info(long acknowledged, long delivered, long deliveries) {
		ConsumerInfo info = mock(ConsumerInfo.class);
		SequenceInfo ackFloor = mock(SequenceInfo.class);
		SequenceInfo last = mock(SequenceInfo.class);
		given(ackFloor.getStreamSequence()).willReturn(acknowledged);
		given(last.getStreamSequence()).willReturn(delivered);
		given(last.getConsumerSequence()).willReturn(deliveries);
		given(info.getCreationTime()).willReturn(CREATED);
		given(info.getAckFloor()).willReturn(ackFloor);
		given(info.getDelivered()).willReturn(last);
		given(info.getNumAckPending()).willReturn(delivered - acknowledged);
		return info;
	}

	private Delivery add(long sequence, long number) {
		Delivery delivery = delivery(sequence, number);
		assertThat(this.floor.add(delivery)).isEqualTo(Arrival.NEW);
		return delivery;
	}

	private Arrival arrive(long sequence, long number) {
		return this.floor.add(delivery(sequence, number));
	}

	private static Delivery delivery(long sequence, long number) {
		return new Delivery(NatsMessage.builder()
			.subject("orders.created")
			.replyTo("$JS.ACK.ORDERS.billing.1." + sequence + "." + number + ".1700000000000000000.0")
			.build(), mock(Settlement.class), 0);
	}

}
