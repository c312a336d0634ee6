package dev.natsboot.deadletter;

import io.nats.client.JetStreamOptions;
import io.nats.client.api.StreamConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class StoredMessagesTests {

	private DeadLetterRig rig;

	private StoredMessages messages;

	@BeforeEach
	void start() throws Exception {
		this.rig = new DeadLetterRig();
		this.rig.reset();
		this.messages = new StoredMessages(this.rig.client(), JetStreamOptions.defaultOptions());
		for (int i = 1; i <= 4; i++) {
			this.rig.client().jetStream().publish("dead.letter", new byte[] { 1 });
		}
	}

	@AfterEach
	void stop() throws Exception {
		this.rig.close();
	}

	@Test
	void whatIsGoneCanNotBeDeletedOnceMore() {
		for (long sequence : new long[] { 3, 1, 2, 4 }) {
			assertThat(this.messages.delete("DEAD", sequence)).isTrue();
			assertThat(this.messages.delete("DEAD", sequence)).isFalse();
		}
		assertThat(this.messages.delete("DEAD", 1)).isFalse();
	}

	@Test
	void whatTheStreamKeepsIsAnError() throws Exception {
		this.rig.deleteStream("DEAD");
		this.rig.management()
			.addStream(StreamConfiguration.builder().name("DEAD").subjects("dead.>").denyDelete(true).build());
		this.rig.client().jetStream().publish("dead.letter", new byte[] { 1 });
		assertThatExceptionOfType(DeadLetterException.class).isThrownBy(() -> this.messages.delete("DEAD", 1));
	}

}
