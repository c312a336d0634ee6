package dev.natsboot.service;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is left of a text.
 */
class ErrorTextTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			no order 17                           | no order 17
			password=hunter2, retry               | password=***, retry
			Token: hunter2                        | Token: ***
			{"password":"hunter2","id":1}         | {"password":***,"id":1}
			{"password" : "hunter2, or 3"}        | {"password" : ***}
			{"secret":"hunter\\"2\\\\", "id":"1"}   | {"secret":***, "id":"1"}
			{'token': 'hunter2', 'id': 1}         | {'token': ***, 'id': 1}
			{\\"pwd\\":\\"hunter 2\\",\\"id\\":1}      | {\\"pwd\\":***,\\"id\\":1}
			{"clientId":"1","Token":"hunter2"}    | {"clientId":"1","Token":***}
			{"password":"hunter2                  | {"password":***
			/login?access_token=hunter2&id=1      | /login?access_token=***&id=1
			{"clientSecret":"hunter2"}            | {"clientSecret":***}
			nats://app:hunter2@localhost:4222     | nats://***@localhost:4222
			nats://app:hunter/2@localhost:4222    | nats://***@localhost:4222
			nats://app:hunter@2@localhost:4222    | nats://***@localhost:4222
			[nats://a:b/c@one, tls://d:e@two]     | [nats://***@one, tls://***@two]
			nats://a:b/c@one,tls://d:e@two        | nats://***@one,tls://***@two
			nats://one, ask ops@example.org       | nats://one, ask ops@example.org
			the token is missing                  | the token is missing
			""")
	void hasNothingThatLooksLikeAPassword(String text, String expected) {
		assertThat(ErrorText.header(text)).isEqualTo(expected);
	}

	@Test
	void isShortForLongSecrets() {
		assertThat(ErrorText.header("{\"password\":\"" + "\\\"x".repeat(10_000) + "\"}"))
			.isEqualTo("{\"password\":***");
	}

}
