package dev.natsboot.listener;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

import dev.natsboot.listener.Position.Arrival;
import io.nats.client.Message;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.api.SequenceInfo;
import io.nats.client.api.StreamInfo;
import io.nats.client.api.StreamState;
import io.nats.client.impl.NatsJetStreamMetaData;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

class PositionTests {

	private final Position position = position(DeliverPolicy.All);

	@Test
	void aNewConsumerBeginsAtWhatIsNotFinished() {
		made(this.position, 0);
		Delivery first = delivery(1, 1);
		assertThat(this.position.begin(first)).isEqualTo(Arrival.NEW);
		assertThat(this.position.begin(delivery(2, 2))).isEqualTo(Arrival.NEW);
		assertThat(this.position.next()).isEqualTo(1);
		finish(this.position, first);
		assertThat(this.position.next()).isEqualTo(2);
		assertThat(this.position.afterNewest()).isEqualTo(3);
	}

	@Test
	void aNewConsumerBeginsAtWhatWasLost() {
		made(this.position, 0);
		Delivery third = delivery(3, 3);
		assertThat(this.position.begin(third)).isEqualTo(Arrival.NEW);
		finish(this.position, third);
		assertThat(this.position.next()).isEqualTo(1);
	}

	@Test
	void whatIsHandledIsKnownWhenItComesAgain() {
		made(this.position, 0);
		Delivery first = delivery(1, 1);
		assertThat(this.position.begin(first)).isEqualTo(Arrival.NEW);
		finish(this.position, first);
		assertThat(this.position.begin(delivery(1, 2))).isEqualTo(Arrival.HANDLED);
	}

	@Test
	void whatIsBeingHandledIsKnownWhenItComesAgain() {
		made(this.position, 0);
		assertThat(this.position.begin(delivery(1, 1))).isEqualTo(Arrival.NEW);
		assertThat(this.position.begin(delivery(1, 2))).isEqualTo(Arrival.RUNNING);
	}

	@Test
	void whatTheServerKnowsAsAcknowledgedIsFinished() {
		made(this.position, 0);
		Delivery first = delivery(1, 1);
		assertThat(this.position.begin(first)).isEqualTo(Arrival.NEW);
		assertThat(this.position.begin(delivery(2, 2))).isEqualTo(Arrival.NEW);
		first.decide();
		this.position.end(first);
		this.position.acknowledged(consumer(2));
		assertThat(this.position.next()).isEqualTo(2);
	}

	@Test
	void theEndOfAHandlerFinishesNoMessageOfAStreamThatWasMadeAnew() {
		this.position.on(stream(1, 5));
		made(this.position, 4);
		Delivery old = delivery(5, 1, 100);
		assertThat(this.position.begin(old)).isEqualTo(Arrival.NEW);
		this.position.on(stream(2, 6));
		made(this.position, 0);
		Delivery fresh = delivery(5, 1, 200);
		assertThat(this.position.begin(fresh)).isEqualTo(Arrival.NEW);
		assertThat(this.position.begin(delivery(6, 2, 201))).isEqualTo(Arrival.NEW);
		finish(this.position, old);
		fresh.decide();
		this.position.end(fresh);
		assertThat(this.position.begin(delivery(5, 3, 200))).isEqualTo(Arrival.NEW);
	}

	@Test
	void whileOneOfTheLastMessagesIsMissingANewConsumerBeginsWithTheLastOnes() {
		Position lasts = position(DeliverPolicy.LastPerSubject);
		lasts.on(stream(1, 4));
		made(lasts, 0);
		assertThat(lasts.begin(delivery(1, 1))).isEqualTo(Arrival.NEW);
		assertThat(lasts.begin(delivery(4, 3))).isEqualTo(Arrival.NEW);
		assertThat(lasts.next()).isNull();
		Delivery lost = delivery(3, 4);
		assertThat(lasts.begin(lost)).isEqualTo(Arrival.NEW);
		lasts.acknowledged(consumer(4));
		assertThat(lasts.next()).isEqualTo(1);
	}

	private static Position position(DeliverPolicy policy) {
		NatsListenerEndpoint endpoint = mock(NatsListenerEndpoint.class);
		given(endpoint.deliverPolicy()).willReturn(policy);
		given(endpoint.ackMode()).willReturn(AckMode.AUTO);
		return Position.of(endpoint);
	}

	private static void finish(Position position, Delivery delivery) {
		delivery.decide();
		delivery.finish();
		position.end(delivery);
	}

	private static void made(Position position, long sequence) {
		position.on(consumer(sequence));
	}

	private static ConsumerInfo consumer(long sequence) {
		SequenceInfo delivered = mock(SequenceInfo.class);
		given(delivered.getStreamSequence()).willReturn(sequence);
		ConsumerInfo consumer = mock(ConsumerInfo.class);
		given(consumer.getName()).willReturn("consumer");
		given(consumer.getDelivered()).willReturn(delivered);
		given(consumer.getAckFloor()).willReturn(delivered);
		return consumer;
	}

	private static StreamInfo stream(long created, long end) {
		StreamState state = mock(StreamState.class);
		given(state.getLastSequence()).willReturn(end);
		StreamInfo stream = mock(StreamInfo.class);
		given(stream.getCreateTime()).willReturn(time(created));
		given(stream.getStreamState()).willReturn(state);
		return stream;
	}

	private static Delivery delivery(long sequence, long consumerSequence) {
		return delivery(sequence, consumerSequence, sequence);
	}

	private static Delivery delivery(long sequence, long consumerSequence, long second) {
		NatsJetStreamMetaData meta = mock(NatsJetStreamMetaData.class);
		given(meta.deliveredCount()).willReturn(1L);
		given(meta.streamSequence()).willReturn(sequence);
		given(meta.consumerSequence()).willReturn(consumerSequence);
		given(meta.timestamp()).willReturn(time(second));
		Message message = mock(Message.class);
		given(message.metaData()).willReturn(meta);
		return new Delivery(message, mock(Settlement.class), 0);
	}

	private static ZonedDateTime time(long second) {
		return Instant.ofEpochSecond(second).atZone(ZoneOffset.UTC);
	}

}
