package dev.natsboot.readme;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.natsboot.autoconfigure.NatsJetStreamProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The reference documentation has a row for every property, with its default.
 */
class ReferenceTests {

	private static final String METADATA = "META-INF/spring-configuration-metadata.json";

	private static final Pattern TABLE = Pattern.compile("\\| property \\| meaning \\|.*\n((?:\\|.*\n)+)");

	private static final Pattern ROW = Pattern.compile("\\| `([^`]+)` \\| (?:[^|]+?) \\|(?: (.*?) \\|)?");

	@Test
	void hasTheDefaultOfEveryProperty() throws IOException {
		assertThat(rows("nats\\.[^<]+")).containsExactlyInAnyOrderEntriesOf(properties());
	}

	@ParameterizedTest
	@CsvSource({ "streams, Stream", "consumers, Consumer", "key-value, KeyValue", "object-store, ObjectStore" })
	void hasEveryPropertyOfWhatIsDeclared(String property, String type) throws Exception {
		String prefix = "nats.jetstream." + property + ".<name>.";
		assertThat(rows(Pattern.quote(prefix) + ".+").keySet())
			.containsExactlyInAnyOrderElementsOf(names(prefix, NatsJetStreamProperties.class.getName() + "$" + type));
	}

	private static List<String> names(String prefix, String type) throws ClassNotFoundException {
		return Stream.of(BeanUtils.getPropertyDescriptors(Class.forName(type)))
			.filter((property) -> property.getWriteMethod() != null || Map.class.equals(property.getPropertyType()))
			.map((property) -> prefix + DataObjectPropertyName.toDashedForm(property.getName()))
			.toList();
	}

	/**
	 * The rows of all tables of properties: names, and what they have for a default.
	 */
	private static Map<String, String> rows(String name) throws IOException {
		return TABLE.matcher(Files.readString(Path.of("../../docs/reference.md")))
			.results()
			.flatMap((table) -> table.group(1).lines().skip(1))
			.map(ReferenceTests::row)
			.filter((row) -> row.group(1).matches(name))
			.collect(toMap((row) -> row.group(1), (row) -> (row.group(2) != null) ? row.group(2).trim() : ""));
	}

	private static Matcher row(String line) {
		Matcher row = ROW.matcher(line);
		assertThat(row.matches()).as(line).isTrue();
		return row;
	}

	private static Map<String, String> properties() throws IOException {
		return ReferenceTests.class.getClassLoader()
			.resources(METADATA)
			.flatMap(ReferenceTests::properties)
			.filter((property) -> property.path("name").asString().startsWith("nats."))
			.collect(toMap((property) -> property.path("name").asString(),
					(property) -> cell(property.path("defaultValue"))));
	}

	private static <T> Collector<T, ?, Map<String, String>> toMap(Function<T, String> name, Function<T, String> value) {
		return Collectors.toMap(name, value, (first, second) -> first + " and " + second, TreeMap::new);
	}

	private static String cell(JsonNode value) {
		String text = value.isArray() ? value.valueStream().map(JsonNode::asString).collect(Collectors.joining(","))
				: value.asString("");
		return text.isEmpty() ? "" : "`" + text + "`";
	}

	private static Stream<JsonNode> properties(URL metadata) {
		try (InputStream in = metadata.openStream()) {
			return JsonMapper.shared().readTree(in).path("properties").valueStream();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
