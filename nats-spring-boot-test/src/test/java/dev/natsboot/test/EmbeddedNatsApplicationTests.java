package dev.natsboot.test;

import dev.natsboot.autoconfigure.NatsAutoConfiguration;
import io.nats.client.Connection;
import org.junit.jupiter.api.Test;

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GeneratedFiles.Kind;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.javapoet.ClassName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link EmbeddedNats @EmbeddedNats} in an application that is started for
 * development.
 */
class EmbeddedNatsApplicationTests {

	@Test
	void applicationRunsWithServerForDevelopment() {
		SpringApplication.Running running = SpringApplication.from(Application::main)
			.with(TestApplication.class)
			.run("--nats.servers=nats://localhost:1", "--nats.startup=fail-fast", "--spring.main.banner-mode=off");
		EmbeddedNatsServer server;
		try (ConfigurableApplicationContext context = running.getApplicationContext()) {
			server = context.getBean(EmbeddedNatsServer.class);
			assertThat(context.getBean(Connection.class).getServerInfo().getPort()).isEqualTo(server.getPort());
		}
		assertThat(server.isRunning()).isFalse();
	}

	@Test
	void definitionsCanBeProcessedAheadOfTime() {
		InMemoryGeneratedFiles files = new InMemoryGeneratedFiles();
		DefaultGenerationContext generation = new DefaultGenerationContext(
				new ClassNameGenerator(ClassName.get(Application.class)), files);
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.register(TestApplication.class);
			new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
			generation.writeGeneratedContent();
		}
		assertThat(files.getGeneratedFiles(Kind.SOURCE).keySet()).anyMatch((path) -> path.contains("EmbeddedNats"));
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(NatsAutoConfiguration.class)
	static class Application {

		public static void main(String[] args) {
			SpringApplication.run(Application.class, args);
		}

	}

	@TestConfiguration(proxyBeanMethods = false)
	@EmbeddedNats(configuration = { "max_payload: 4096", "max_connections: 100" })
	static class TestApplication {

	}

}
