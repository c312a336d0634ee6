package dev.natsboot.convert;

import io.nats.client.impl.Headers;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NatsMessageMapperTests {

	@Test
	void copiedHeadersShareNoValues() {
		Headers headers = new Headers().put("Tag", "a").put("Empty", "");
		Headers copy = NatsMessageMapper.copy(headers);
		headers.add("Tag", "b");
		assertThat(copy).isNotNull().isEqualTo(new Headers().put("Tag", "a").put("Empty", ""));
		copy.add("Empty", "c");
		assertThat(headers.get("Empty")).containsExactly("");
	}

	@Test
	void copyOfNoHeadersIsNone() {
		assertThat(NatsMessageMapper.copy(null)).isNull();
	}

}
