package dev.natsboot.listener;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DeliveryCountTests {

	@ParameterizedTest
	@CsvSource({ "$JS.ACK.ORDERS.billing.3.17.18.1700000000000000000, 3",
			"$JS.ACK.ORDERS.billing.1.17.18.1700000000000000000.5, 1",
			"$JS.ACK.hub.Abc123.ORDERS.billing.12.17.18.1700000000000000000.5, 12",
			"$JS.ACK._.Abc123.ORDERS.billing.2.17.18.1700000000000000000.5.random, 2" })
	void isReadFromEveryFormOfTheSubject(String subject, long count) {
		assertThat(DeliveryCount.of(subject)).isEqualTo(count);
	}

	@Test
	void anotherSubjectIsRefused() {
		assertThatExceptionOfType(NumberFormatException.class).isThrownBy(() -> DeliveryCount.of("_INBOX.abc.1"));
	}

}
