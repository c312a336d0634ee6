package dev.natsboot.readme;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The reference documentation names every property.
 */
class ReferenceTests {

	private static final String METADATA = "META-INF/spring-configuration-metadata.json";

	@ParameterizedTest
	@MethodSource("properties")
	void namesTheProperty(String property) throws IOException {
		assertThat(Files.readString(Path.of("../../docs/reference.md"))).contains("`" + property);
	}

	static Stream<String> properties() throws IOException {
		return ReferenceTests.class.getClassLoader()
			.resources(METADATA)
			.flatMap(ReferenceTests::properties)
			.filter((name) -> name.startsWith("nats."));
	}

	private static Stream<String> properties(URL metadata) {
		try (InputStream in = metadata.openStream()) {
			JsonNode properties = JsonMapper.shared().readTree(in).path("properties");
			return properties.valueStream().map((property) -> property.path("name").asString());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
