package dev.natsboot.test;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;

import dev.natsboot.autoconfigure.NatsAutoConfiguration;
import dev.natsboot.autoconfigure.NatsConnectionDetails;
import io.nats.client.Connection;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.ContextCustomizer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link EmbeddedNats @EmbeddedNats} on configuration classes and of the keys of
 * cached contexts.
 */
class EmbeddedNatsTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner();

	@Test
	void startsServerOfConfigurationClassAndStopsItWithTheContext() {
		EmbeddedNatsServer[] server = new EmbeddedNatsServer[1];
		this.runner.withUserConfiguration(DefaultConfiguration.class).run((context) -> {
			server[0] = context.getBean(EmbeddedNatsServer.class);
			assertThat(server[0].isRunning()).isTrue();
			assertThat(context.getBean(NatsConnectionDetails.class).getServers()).containsExactly(server[0].getUrl());
		});
		assertThat(server[0].isRunning()).isFalse();
	}

	@Test
	void connectsApplicationToServerInsteadOfConfiguredServers() {
		this.runner.withConfiguration(AutoConfigurations.of(NatsAutoConfiguration.class))
			.withUserConfiguration(DefaultConfiguration.class)
			.withPropertyValues("nats.servers=nats://localhost:1", "nats.username=app", "nats.password=elsewhere",
					"nats.ssl.bundle=elsewhere", "nats.startup=fail-fast")
			.run((context) -> assertThat(context.getBean(Connection.class).getServerInfo().getPort())
				.isEqualTo(context.getBean(EmbeddedNatsServer.class).getPort()));
	}

	@Test
	void signsInAsConfiguredWhenTheServerAsksForIt() {
		this.runner.withConfiguration(AutoConfigurations.of(NatsAutoConfiguration.class))
			.withUserConfiguration(ProtectedConfiguration.class)
			.withPropertyValues("nats.username=app", "nats.password=secret", "nats.startup=fail-fast")
			.run((context) -> assertThat(context.getBean(Connection.class).getServerInfo().isAuthRequired()).isTrue());
	}

	@Test
	void clusterIsConnectedToByAllAddresses() {
		this.runner.withUserConfiguration(ComposedConfiguration.class)
			.run((context) -> assertThat(context.getBean(NatsConnectionDetails.class).getServers()).hasSize(2));
	}

	@Test
	void detailsOfTheServerBeatThoseOfTheApplication() {
		this.runner.withUserConfiguration(DefaultConfiguration.class)
			.withBean("own", NatsConnectionDetails.class, () -> () -> List.of("nats://localhost:1"))
			.run((context) -> assertThat(context.getBean(NatsConnectionDetails.class).getServers())
				.containsExactly(context.getBean(EmbeddedNatsServer.class).getUrl()));
	}

	@Test
	void resolvesPlaceholders() {
		int port = FreePorts.next(1).get(0);
		this.runner.withUserConfiguration(PlaceholderConfiguration.class)
			.withPropertyValues("test.port=" + port, "test.payload=2048")
			.run((context) -> assertThat(context.getBean(EmbeddedNatsServer.class).getPort()).isEqualTo(port));
	}

	@Test
	void namesAttributeAndValueOfPortThatIsNoNumber() {
		this.runner.withUserConfiguration(PlaceholderConfiguration.class)
			.withPropertyValues("test.port=many", "test.payload=2048")
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("The attribute 'port' of @EmbeddedNats must be a number")
				.hasMessageContaining("'many'"));
	}

	@Test
	void startsServerOfComposedAnnotation() {
		this.runner.withUserConfiguration(ComposedConfiguration.class)
			.run((context) -> assertThat(context.getBean(EmbeddedNatsServer.class).getNodes()).hasSize(2));
	}

	@Test
	void firstOfSeveralAnnotationsCounts() {
		this.runner.withUserConfiguration(DefaultConfiguration.class, ComposedConfiguration.class)
			.run((context) -> assertThat(context.getBean(EmbeddedNatsServer.class).getNodes()).hasSize(1));
	}

	@Test
	void contextStartsAgainWithTheSameServer() {
		this.runner.withUserConfiguration(DefaultConfiguration.class).run((context) -> {
			EmbeddedNatsServer server = context.getBean(EmbeddedNatsServer.class);
			int port = server.getPort();
			context.stop();
			assertThat(server.isRunning()).isTrue();
			context.start();
			assertThat(server.isRunning()).isTrue();
			assertThat(server.getPort()).isEqualTo(port);
		});
	}

	@Test
	void equalAnnotationsShareContextOthersDoNot() {
		ContextCustomizer customizer = customizer(DefaultConfiguration.class);
		assertThat(customizer).isEqualTo(customizer(OtherDefaultConfiguration.class))
			.hasSameHashCodeAs(customizer(OtherDefaultConfiguration.class))
			.isNotEqualTo(customizer(ComposedConfiguration.class));
		assertThat(customizer(EmbeddedNatsTests.class)).isNull();
	}

	private static ContextCustomizer customizer(Class<?> testClass) {
		return new EmbeddedNatsContextCustomizerFactory().createContextCustomizer(testClass, List.of());
	}

	@Configuration(proxyBeanMethods = false)
	@EmbeddedNats
	static class DefaultConfiguration {

	}

	@Configuration(proxyBeanMethods = false)
	@EmbeddedNats
	static class OtherDefaultConfiguration {

	}

	@Configuration(proxyBeanMethods = false)
	@EmbeddedNats(port = "${test.port}", configuration = "max_payload: ${test.payload}")
	static class PlaceholderConfiguration {

	}

	@Configuration(proxyBeanMethods = false)
	@EmbeddedNats(configuration = "authorization { user: app, password: secret }")
	static class ProtectedConfiguration {

	}

	@Configuration(proxyBeanMethods = false)
	@EmbeddedNatsPair
	static class ComposedConfiguration {

	}

	@Target(ElementType.TYPE)
	@Retention(RetentionPolicy.RUNTIME)
	@EmbeddedNats(clusterSize = 2, jetStream = false)
	@interface EmbeddedNatsPair {

	}

}
