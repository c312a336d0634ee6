package dev.natsboot.topology;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.nats.client.api.RetentionPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

class ValuesTests {

	@ParameterizedTest
	@CsvSource({ "1073741824, 1GB", "1048576, 1MB", "1536, 1536B", "2048, 2KB", "-1, -1B" })
	void writesSizesAsProperties(long bytes, String text) {
		assertThat(Values.bytes(bytes)).isEqualTo(text);
		assertThat(DataSize.parse(text).toBytes()).isEqualTo(bytes);
	}

	@Test
	void writesOtherValues() {
		assertThat(Values.text(RetentionPolicy.WorkQueue)).isEqualTo("workqueue");
		assertThat(Values.text(List.of("a", "b"))).isEqualTo("a,b");
		assertThat(Values.text(Map.of("b", "2", "a", "1"))).isEqualTo("a=1,b=2");
		assertThat(Values.text(List.of())).isEqualTo("none");
		assertThat(Values.text(null)).isEqualTo("none");
		assertThat(Values.text(Duration.ofMinutes(2))).isEqualTo("2m");
		assertThat(Values.text(5L)).isEqualTo("5");
	}

}
