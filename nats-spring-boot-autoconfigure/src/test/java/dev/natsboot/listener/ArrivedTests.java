package dev.natsboot.listener;

import java.time.Instant;
import java.time.ZoneOffset;

import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.SequenceInfo;
import io.nats.client.impl.NatsJetStreamMetaData;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

class ArrivedTests {

	private final Arrived arrived = new Arrived(true);

	@BeforeEach
	void begin() {
		this.arrived.on(consumer("one", 10));
		assertThat(this.arrived.add(message(1, 11, 1))).isTrue();
	}

	@Test
	void whatHasComeDoesNotComeForTheFirstTimeAgain() {
		assertThat(this.arrived.add(message(2, 11, 2))).isFalse();
		assertThat(this.arrived.firstMissing()).isEqualTo(12);
	}

	@Test
	void nothingIsMissingThatIsNotForTheListener() {
		assertThat(this.arrived.add(message(1, 20, 2))).isTrue();
		assertThat(this.arrived.add(message(2, 15, 3))).isFalse();
		assertThat(this.arrived.firstMissing()).isEqualTo(21);
	}

	@Test
	void whatWasLostComesForTheFirstTimeOnce() {
		assertThat(this.arrived.add(message(1, 14, 4))).isTrue();
		assertThat(this.arrived.firstMissing()).isEqualTo(12);
		assertThat(this.arrived.add(message(2, 13, 5))).isTrue();
		assertThat(this.arrived.add(message(2, 12, 6))).isTrue();
		assertThat(this.arrived.add(message(3, 13, 7))).isFalse();
		assertThat(this.arrived.firstMissing()).isEqualTo(15);
	}

	@Test
	void whatWasLostMayBeBehindARedelivery() {
		assertThat(this.arrived.add(message(2, 12, 5))).isTrue();
		assertThat(this.arrived.add(message(1, 15, 6))).isTrue();
		assertThat(this.arrived.add(message(2, 13, 7))).isTrue();
		assertThat(this.arrived.add(message(2, 14, 8))).isTrue();
		assertThat(this.arrived.add(message(1, 17, 9))).isTrue();
		assertThat(this.arrived.firstMissing()).isEqualTo(18);
	}

	@Test
	void whatWasLostMayBeBehindTheRedeliveryOfAnother() {
		assertThat(this.arrived.add(message(2, 11, 3))).isFalse();
		assertThat(this.arrived.add(message(1, 13, 4))).isTrue();
		assertThat(this.arrived.add(message(2, 12, 5))).isTrue();
	}

	@Test
	void aSuccessorBeginsToCountAnew() {
		this.arrived.on(consumer("two", 11));
		assertThat(this.arrived.add(message(1, 14, 1))).isTrue();
		assertThat(this.arrived.firstMissing()).isEqualTo(15);
	}

	@Test
	void whatTheServerKnowsAsAcknowledgedIsNotMissing() {
		this.arrived.add(message(1, 14, 4));
		this.arrived.acknowledged(consumer("another", 13));
		assertThat(this.arrived.firstMissing()).isEqualTo(12);
		this.arrived.acknowledged(consumer("one", 12));
		assertThat(this.arrived.firstMissing()).isEqualTo(13);
		this.arrived.acknowledged(consumer("one", 13));
		assertThat(this.arrived.firstMissing()).isEqualTo(15);
	}

	@Test
	void whatIsNeverDeliveredAgainIsNotMissing() {
		Arrived unacknowledged = new Arrived(false);
		unacknowledged.on(consumer("one", 10));
		assertThat(unacknowledged.add(message(1, 14, 4))).isTrue();
		assertThat(unacknowledged.firstMissing()).isEqualTo(15);
	}

	@Test
	void aStreamThatHasLostItsEndGivesItsSequencesToOthers() {
		this.arrived.add(message(1, 14, 2));
		assertThat(this.arrived.add(message(1, 13, 99, 3))).isTrue();
		this.arrived.cut(11);
		assertThat(this.arrived.firstMissing()).isEqualTo(12);
		assertThat(this.arrived.add(message(1, 12, 100, 4))).isTrue();
	}

	private static ConsumerInfo consumer(String name, long sequence) {
		SequenceInfo stands = mock(SequenceInfo.class);
		given(stands.getStreamSequence()).willReturn(sequence);
		ConsumerInfo consumer = mock(ConsumerInfo.class);
		given(consumer.getName()).willReturn(name);
		given(consumer.getDelivered()).willReturn(stands);
		given(consumer.getAckFloor()).willReturn(stands);
		return consumer;
	}

	private static NatsJetStreamMetaData message(int delivered, long sequence, long consumerSequence) {
		return message(delivered, sequence, sequence, consumerSequence);
	}

	private static NatsJetStreamMetaData message(int delivered, long sequence, long second, long consumerSequence) {
		NatsJetStreamMetaData message = mock(NatsJetStreamMetaData.class);
		given(message.deliveredCount()).willReturn((long) delivered);
		given(message.streamSequence()).willReturn(sequence);
		given(message.consumerSequence()).willReturn(consumerSequence);
		given(message.timestamp()).willReturn(Instant.ofEpochSecond(second).atZone(ZoneOffset.UTC));
		return message;
	}

}
