package dev.natsboot.deadletter;

import java.util.List;

import dev.natsboot.testsupport.NatsServer;
import io.nats.client.JetStreamOptions;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DeadLetterPermissionTests {

	private static final String[] USERS = { "authorization {", "  users = [", "    { user: all, password: all }",
			"    { user: reader, password: reader, permissions: {"
					+ " publish: { deny: [\"$JS.API.STREAM.MSG.DELETE.>\", \"orders.>\"] } } }",
			"    { user: mute, password: mute, permissions: {"
					+ " publish: { deny: \"$JS.API.STREAM.MSG.DELETE.>\" } } }",
			"  ]", "}" };

	@Test
	void saysWhatWasNotAllowedAndKeepsTheDeadLetter() throws Exception {
		try (NatsServer server = new NatsServer(USERS);
				Connection all = Nats.connect(Options.builder().server(server.url()).userInfo("all", "all").build())) {
			DeadLetterRig rig = new DeadLetterRig(server, all);
			rig.reset();
			rig.deadLetter("orders.created", "payment", "one");
			DeadLetterId id = new DeadLetterId("DEAD", 1);
			DeadLetterTemplate reader = rig.template("reader");
			assertThat(reader.find(id)).isPresent();
			assertThatExceptionOfType(DeadLetterException.class).isThrownBy(() -> reader.redrive(id))
				.withMessageContaining("Publishing dead letter DEAD:1 to 'orders.created' was not confirmed");
			assertThatExceptionOfType(DeadLetterException.class).isThrownBy(() -> reader.drop(id))
				.withMessageContaining("Permissions Violation");
			assertThat(rig.messages("ORDERS")).isEqualTo(1);
			assertThatExceptionOfType(DeadLetterException.class).isThrownBy(() -> rig.template("mute").redrive(id))
				.withMessageContaining("Dead letter DEAD:1 was published to 'orders.created' and is still there");
			assertThat(rig.messages("DEAD")).isEqualTo(1);
			assertThat(rig.messages("ORDERS")).isEqualTo(2);
			assertThat(
					new DeadLetterTemplate(rig.manager(), JetStreamOptions.defaultOptions(), List.of("DEAD"), List::of)
						.redrive(id)
						.repeated())
				.isTrue();
			assertThat(rig.messages("ORDERS")).isEqualTo(2);
		}
	}

}
