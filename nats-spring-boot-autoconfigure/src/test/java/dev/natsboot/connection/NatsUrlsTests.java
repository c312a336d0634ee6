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
			nats://app:Zm9v/YmFy@localhost:4222                | nats://localhost:4222
			nats://app:Zm9v,YmFy@localhost:4222                | nats://localhost:4222
			nats://app:a@b/c@localhost:4222                    | nats://localhost:4222
			nats://app:x://y@localhost:4222                    | nats://localhost:4222
			app:Zm9v/YmFy@localhost:4222                       | localhost:4222
			nats://one:1,TLS://c:d/e@two:2                     | nats://one:1,TLS://two:2
			can't read (ws://a:b#c@one/path)                   | can't read (ws://one/path)
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

	@Test
	void removesCredentialsFromLongTexts() {
		String text = "nats://" + "a".repeat(100_000);
		assertThat(NatsUrls.withoutCredentials(text + "@one")).isEqualTo("nats://one");
		assertThat(NatsUrls.withoutCredentials(text + " @one")).isEqualTo(text + " @one");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			http://localhost:4222                                | 0 | http://localhost:4222
			nats://localhost:port                                | 0 | nats://localhost:port
			nats://one host:4222                                 | 0 | nats://one host:4222
			nats://app:Zm9v/YmFy@localhost:4222                  | 0 | nats://***@localhost:4222
			http://app:Zm9v@localhost:4222                       | 0 | http://***@localhost:4222
			app:Zm9v^YmFy@localhost:4222                         | 0 | ***@localhost:4222
			nats://app:my secret@localhost:4222                  | 0 | nats://***@localhost:4222
			nats://app:a@b/c@localhost:4222                      | 0 | nats://***@localhost:4222
			nats://app:Zm9v:localhost:4222                       | 0 | nats://***
			app:Zm9v:localhost                                   | 0 | ***
			nats://app:Zm9v;YmFy@localhost:4222                  | 0 | nats://***
			nats://app:Zm9v;YmFy@localhost:4222;nats://two       | 0 | nats://***
			nats://app:12;Ym^Fy;Zm9v@localhost:4222              | 1 | ***
			nats://app:Zm/9v@b;YmFy@localhost:4222               | 0 | nats://***
			nats://app:a@one:4222;htp://two:4222                 | 1 | htp://two:4222
			htp://one:4222;nats://app:a@two:4222                 | 0 | htp://one:4222
			""")
	void showsNothingOfAnInvalidServerThatMayBeCredentials(String servers, int index, String expected) {
		assertThat(NatsUrls.describeInvalid(List.of(servers.split(";")), index)).isEqualTo(expected);
	}

}
