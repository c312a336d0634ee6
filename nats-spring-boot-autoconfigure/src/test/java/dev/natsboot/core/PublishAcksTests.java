package dev.natsboot.core;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import io.nats.client.Message;
import io.nats.client.impl.NatsMessage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PublishAcksTests {

	@Test
	void aDuplicateOfNothingIsNotStored() {
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> PublishFailures.readAck(reply("{\"stream\":\"ORDERS\",\"seq\":0,\"duplicate\":true}")))
			.withMessageStartingWith("Stream 'ORDERS' takes the message for a duplicate of one that it had refused");
	}

	@Test
	void aDuplicateOfAStoredMessageIsStored() throws Exception {
		assertThat(PublishFailures.readAck(reply("{\"stream\":\"ORDERS\",\"seq\":7,\"duplicate\":true}")).getSeqno())
			.isEqualTo(7);
	}

	private static Message reply(String json) {
		return NatsMessage.builder().subject("reply").data(json.getBytes(StandardCharsets.UTF_8)).build();
	}

}
