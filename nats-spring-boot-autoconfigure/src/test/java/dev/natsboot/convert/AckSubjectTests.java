package dev.natsboot.convert;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AckSubjectTests {

	@ParameterizedTest
	@CsvSource({ "$JS.ACK.ORDERS.billing.3.17.18.1700000000000000000, 3",
			"$JS.ACK.ORDERS.billing.1.17.18.1700000000000000000.5, 1",
			"$JS.ACK.hub.Abc123.ORDERS.billing.12.17.18.1700000000000000000.5, 12",
			"$JS.ACK._.Abc123.ORDERS.billing.2.17.18.1700000000000000000.5.random, 2" })
	void isReadInEveryForm(String subject, long deliveries) {
		assertThat(AckSubject.deliveries(subject)).isEqualTo(deliveries);
		assertThat(AckSubject.streamSequence(subject)).isEqualTo(17);
		assertThat(AckSubject.consumerSequence(subject)).isEqualTo(18);
	}

	@ParameterizedTest
	@CsvSource({
			"$JS.ACK.ORDERS.billing.1.17.18.1700000000000000000.5, $JS.ACK.ORDERS.billing.1.17.9.1700000000000000000.5",
			"$JS.ACK.hub.Abc.ORDERS.billing.1.17.18.1700000000000000000.5, $JS.ACK.hub.Abc.ORDERS.billing.1.17.9.1700000000000000000.5" })
	void getsAnotherDeliverysPlaceInEveryForm(String subject, String changed) {
		assertThat(AckSubject.withConsumerSequence(subject, 9)).isEqualTo(changed);
	}

	@Test
	void anotherSubjectIsRefused() {
		assertThatExceptionOfType(NumberFormatException.class).isThrownBy(() -> AckSubject.deliveries("_INBOX.abc.1"));
		assertThatExceptionOfType(NumberFormatException.class)
			.isThrownBy(() -> AckSubject.streamSequence("_INBOX.abc.1"));
	}

}
