package dev.natsboot.listener;

import java.time.ZonedDateTime;

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
		assertThat(this.floor.advance()).contains(".2.2.");
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

	private long[] attach(long acknowledged, long delivered, long deliveries) {
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
		return this.floor.attach(info).toArray();
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
