package dev.natsboot.autoconfigure;

import io.nats.client.Connection;
import io.nats.client.JetStream;
import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;

import static org.assertj.core.api.Assertions.assertThat;

class NatsRuntimeHintsTests {

	@Test
	void registersProxies() {
		RuntimeHints hints = new RuntimeHints();
		new NatsRuntimeHints().registerHints(hints, getClass().getClassLoader());
		assertThat(RuntimeHintsPredicates.proxies().forInterfaces(Connection.class)).accepts(hints);
		assertThat(RuntimeHintsPredicates.proxies().forInterfaces(JetStream.class)).accepts(hints);
	}

}
