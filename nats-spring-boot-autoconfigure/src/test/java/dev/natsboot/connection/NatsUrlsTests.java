package dev.natsboot.connection;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class NatsUrlsTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			nats://localhost:4222                              | nats://localhost:4222
			nats://app:secret@localhost:4222                   | nats://localhost:4222
			nats://token@localhost:4222                        | nats://localhost:4222
			app:secret@localhost:4222                          | localhost:4222
			Unable to connect: [nats://a:b@one, tls://c:d@two] | Unable to connect: [nats://one, tls://two]
			mail to ops@example.org                            | mail to ops@example.org
			""")
	void removesCredentials(String text, String expected) {
		assertThat(NatsUrls.withoutCredentials(text)).isEqualTo(expected);
	}

	@Test
	void describesServers() {
		assertThat(NatsUrls.describe(List.of("nats://a:b@one:1", "nats://two:2")))
			.isEqualTo("nats://one:1, nats://two:2");
		assertThat(NatsUrls.withoutCredentials(null)).isNull();
	}

}
