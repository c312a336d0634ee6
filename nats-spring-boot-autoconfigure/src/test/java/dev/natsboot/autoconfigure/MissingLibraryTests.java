package dev.natsboot.autoconfigure;

import java.util.concurrent.TimeUnit;

import dev.natsboot.testsupport.JavaProcess;
import dev.natsboot.testsupport.NatsServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
		Process process = JavaProcess.startWithout(libraries, MinimalApplication.class, server.url());
		try {
			assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
			assertThat(process.exitValue()).isZero();
		}
		finally {
			process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
		}
	}

}
