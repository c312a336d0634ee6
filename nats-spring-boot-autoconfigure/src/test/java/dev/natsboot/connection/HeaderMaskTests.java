package dev.natsboot.connection;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class HeaderMaskTests {

	private static final String HEADERS = "NATS/1.0\r\nName: Jörg\r\n\r\n";

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 7, 1000 })
	void changesHeadersOnlyHoweverTheyAreRead(int piece) {
		String stream = "INFO {\"name\":\"ü\"}\r\nPING\r\n" + message("MSG a.7 12 5", "Jörg") + message("MSG a 1 0", "")
				+ hmsg("Jörg\r\nHMSG x 1 9 9\r\n") + "-ERR 'ä'\r\n" + hmsg("") + message("MSG b 3 inbox.9 5", "Jörg");
		String expected = stream.replace("Name: Jörg", "Name: J??rg");
		assertThat(masked(stream, piece)).isEqualTo(expected);
	}

	private static String hmsg(String payload) {
		int headers = HEADERS.getBytes(StandardCharsets.UTF_8).length;
		int total = headers + payload.getBytes(StandardCharsets.UTF_8).length;
		return message("HMSG b.1 4 _INBOX.1 " + headers + " " + total, HEADERS + payload);
	}

	private static String message(String line, String content) {
		return line + "\r\n" + content + "\r\n";
	}

	private static String masked(String stream, int piece) {
		byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
		HeaderMask mask = new HeaderMask();
		ByteArrayOutputStream result = new ByteArrayOutputStream();
		for (int from = 0; from < bytes.length; from += piece) {
			byte[] part = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + piece));
			mask.apply(part, 0, part.length);
			result.writeBytes(part);
		}
		return result.toString(StandardCharsets.UTF_8);
	}

}
