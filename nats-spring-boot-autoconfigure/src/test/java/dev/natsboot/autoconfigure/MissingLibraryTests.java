package dev.natsboot.autoconfigure;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.natsboot.testsupport.NatsServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Applications on whose class path the optional libraries aren't: unlike a filter of
 * class names that keeps the library itself from loading them, too.
 */
class MissingLibraryTests {

	private static final String REACTOR = "reactor-core-.*";

	private static final String CAFFEINE = "caffeine-.*";

	private static final String JDBC = "spring-jdbc-.*|spring-boot-jdbc-.*";

	private static final String METRICS = "micrometer-(core|tracing|registry).*|spring-boot-micrometer-.*";

	private static final String JACKSON = "jackson-.*|spring-boot-jackson-.*";

	private static final String OTHERS = "spring-integration-.*|cloudevents-.*|protobuf-.*|spring-boot-health-.*|"
			+ "spring-boot-actuator-.*|spring-boot-validation-.*|hibernate-validator-.*|jakarta.validation-.*";

	private static final NatsServer server = new NatsServer();

	@AfterAll
	static void stop() {
		server.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { REACTOR, CAFFEINE, JDBC, METRICS, JACKSON })
	void anApplicationListensWithoutOne(String library) throws Exception {
		assertListensWithout(library);
	}

	@Test
	void anApplicationListensWithoutAllOfThem() throws Exception {
		assertListensWithout(String.join("|", REACTOR, CAFFEINE, JDBC, METRICS, JACKSON, OTHERS));
	}

	private static void assertListensWithout(String libraries) throws Exception {
		Pattern missing = Pattern.compile(libraries);
		List<Path> all = classPath().toList();
		List<Path> present = all.stream().filter((path) -> !missing.matcher(name(path)).matches()).toList();
		assertThat(present).hasSizeLessThan(all.size());
		Thread thread = Thread.currentThread();
		ClassLoader before = thread.getContextClassLoader();
		try (URLClassLoader loader = new URLClassLoader(
				present.stream().map(MissingLibraryTests::url).toArray(URL[]::new),
				ClassLoader.getPlatformClassLoader())) {
			thread.setContextClassLoader(loader);
			Class<?> application = ClassUtils.forName(MinimalApplication.class.getName(), loader);
			assertThat(application.getMethod("run", String.class).invoke(null, server.url())).isEqualTo("seen");
		}
		finally {
			thread.setContextClassLoader(before);
		}
	}

	private static Stream<Path> classPath() {
		String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		return Stream.of(all.split(File.pathSeparator)).map(Path::of);
	}

	private static String name(Path path) {
		return path.getFileName().toString();
	}

	private static URL url(Path path) {
		try {
			return path.toUri().toURL();
		}
		catch (MalformedURLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
