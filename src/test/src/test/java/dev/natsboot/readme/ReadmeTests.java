package dev.natsboot.readme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What README shows is what is compiled and tested.
 */
class ReadmeTests {

	private static final Path ROOT = Path.of("../..");

	private static final Pattern SNIPPET = Pattern.compile("<!-- from (\\S+) -->\n```\\w+\n(.*?)```", Pattern.DOTALL);

	@ParameterizedTest(name = "{0}")
	@MethodSource("snippets")
	void showsCodeOfTheRepository(String file, String snippet) throws IOException {
		assertThat(Files.readString(ROOT.resolve(file))).contains(snippet);
	}

	@Test
	void hasSnippetsOfEveryKind() throws IOException {
		List<String> files = snippets().map((arguments) -> (String) arguments[0]).toList();
		assertThat(files).anyMatch((file) -> file.endsWith(".java")).anyMatch((file) -> file.endsWith(".yml"));
	}

	static Stream<Object[]> snippets() throws IOException {
		return SNIPPET.matcher(Files.readString(ROOT.resolve("README.md"))).results().map(ReadmeTests::arguments);
	}

	private static Object[] arguments(MatchResult snippet) {
		return new Object[] { snippet.group(1), snippet.group(2) };
	}

}
