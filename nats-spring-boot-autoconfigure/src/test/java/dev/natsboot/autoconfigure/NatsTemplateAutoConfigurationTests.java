package dev.natsboot.autoconfigure;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.convert.EncodedPayload;
import dev.natsboot.convert.PayloadConverter;
import dev.natsboot.convert.PayloadReader;
import dev.natsboot.core.JetStreamOperations;
import dev.natsboot.core.JetStreamTemplate;
import dev.natsboot.core.NatsExecutor;
import dev.natsboot.core.NatsNoRespondersException;
import dev.natsboot.core.NatsOperations;
import dev.natsboot.core.NatsTemplate;
import dev.natsboot.testsupport.NatsServer;
import io.cloudevents.CloudEvent;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.messaging.converter.StringMessageConverter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;

class NatsTemplateAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(NatsConverterAutoConfiguration.class, NatsTemplateAutoConfiguration.class))
		.withBean(NatsConnectionManager.class, () -> NatsConnectionManager.builder().build());

	private final ApplicationContextRunner jacksonRunner = this.runner
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class));

	@Test
	void providesTemplates() {
		this.jacksonRunner.run((context) -> assertThat(context).hasSingleBean(NatsTemplate.class)
			.hasSingleBean(JetStreamTemplate.class)
			.hasSingleBean(PayloadConverter.class)
			.hasBean("natsMessageConverter"));
	}

	@Test
	void backsOffWithoutConnection() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(NatsConverterAutoConfiguration.class, NatsTemplateAutoConfiguration.class))
			.run((context) -> assertThat(context).doesNotHaveBean(NatsOperations.class)
				.hasSingleBean(PayloadConverter.class));
	}

	@Test
	void backsOffWhenUserDefinesTemplates() {
		this.runner.withBean(NatsOperations.class, () -> mock(NatsOperations.class))
			.withBean(JetStreamOperations.class, () -> mock(JetStreamOperations.class))
			.run((context) -> assertThat(context).doesNotHaveBean(NatsTemplate.class)
				.doesNotHaveBean(JetStreamTemplate.class));
	}

	@Test
	void leavesApplicationTaskExecutorAlone() {
		this.runner.withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class))
			.run((context) -> assertThat(context).hasBean("applicationTaskExecutor")
				.getBeans(Executor.class)
				.hasSize(1));
	}

	@Test
	void usesTheApplicationsJsonMapper() {
		this.runner
			.withBean(JsonMapper.class,
					() -> JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build())
			.run((context) -> {
				EncodedPayload encoded = context.getBean(PayloadConverter.class).encode(new Order("o-1"), null);
				assertThat(encoded.data()).asString().isEqualTo("{\"order_id\":\"o-1\"}");
			});
	}

	@Test
	void messageConverterIsReplacedByName() {
		this.jacksonRunner.withUserConfiguration(OwnConverter.class).run((context) -> {
			assertThat(context).hasSingleBean(MessageConverter.class);
			PayloadConverter converter = context.getBean(PayloadConverter.class);
			assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> converter.encode(new Order("o-1"), null))
				.withMessageContaining("natsMessageConverter");
		});
	}

	@Test
	void otherMessageConverterDoesNotReplaceOurs() {
		this.jacksonRunner.withBean("otherConverter", MessageConverter.class, StringMessageConverter::new)
			.run((context) -> assertThat(context.getBean(PayloadConverter.class).encode(new Order("o-1"), null).data())
				.asString()
				.isEqualTo("{\"orderId\":\"o-1\"}"));
	}

	@Test
	void payloadConverterCanBeReplaced() {
		this.runner.withBean("own", PayloadConverter.class, OwnPayloadConverter::new)
			.run((context) -> assertThat(context).getBean(PayloadConverter.class)
				.isInstanceOf(OwnPayloadConverter.class));
	}

	@Test
	void worksWithoutJackson() {
		this.runner.withClassLoader(new FilteredClassLoader("tools.jackson", "com.fasterxml.jackson"))
			.run((context) -> {
				assertThat(context).hasNotFailed().hasSingleBean(NatsTemplate.class);
				PayloadConverter converter = context.getBean(PayloadConverter.class);
				assertThat(converter.encode("text", null).data()).asString().isEqualTo("text");
				assertThatExceptionOfType(RuntimeException.class)
					.isThrownBy(() -> converter.encode(new Order("o-1"), null))
					.withMessageContaining("org.springframework.boot:spring-boot-starter-jackson");
			});
	}

	@Test
	void worksWithoutProtobufAndCloudEvents() {
		this.jacksonRunner.withClassLoader(new FilteredClassLoader(com.google.protobuf.Message.class, CloudEvent.class))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(NatsTemplate.class));
	}

	@Test
	void bindsProperties() {
		try (NatsServer server = new NatsServer()) {
			new ApplicationContextRunner()
				.withConfiguration(AutoConfigurations.of(NatsConverterAutoConfiguration.class,
						NatsTemplateAutoConfiguration.class))
				.withBean(NatsConnectionManager.class,
						() -> NatsConnectionManager.builder()
							.options((options) -> options.server(server.url()))
							.build())
				.withPropertyValues("nats.template.request-timeout=70ms", "nats.template.publish-timeout=80ms",
						"nats.template.publish-attempts=2", "nats.template.publish-retry-wait=300ms",
						"nats.template.publish-window=3", "nats.template.generate-message-ids=false")
				.run((context) -> {
					JetStreamTemplate jetStream = context.getBean(JetStreamTemplate.class);
					assertThat(jetStream).extracting("publishTimeout").isEqualTo(Duration.ofMillis(80));
					assertThat(jetStream).extracting("publishAttempts").isEqualTo(2);
					assertThat(jetStream).extracting("publishRetryWait").isEqualTo(Duration.ofMillis(300));
					assertThat(jetStream).extracting("window.size").isEqualTo(3);
					assertThat(jetStream).extracting("messageIdGenerator").isNull();
					NatsTemplate template = context.getBean(NatsTemplate.class);
					assertThat(template).extracting("requestTimeout").isEqualTo(Duration.ofMillis(70));
					assertThatExceptionOfType(NatsNoRespondersException.class)
						.isThrownBy(() -> template.request("nobody", "x", String.class));
				});
		}
	}

	@Test
	void refusesSenselessProperties() {
		for (String property : List.of("request-timeout=0s", "publish-timeout=-1s", "publish-attempts=0",
				"publish-retry-wait=-1ms", "publish-window=0")) {
			this.runner.withPropertyValues("nats.template." + property)
				.run((context) -> assertThat(context).getFailure()
					.rootCause()
					.hasMessageContaining("nats.template." + property.substring(0, property.indexOf('='))));
		}
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void callbacksRunOnVirtualThreads() {
		this.runner.withPropertyValues("spring.threads.virtual.enabled=true").run((context) -> {
			CompletableFuture<String> thread = new CompletableFuture<>();
			context.getBean(NatsExecutor.class).execute(() -> thread.complete(Thread.currentThread().toString()));
			assertThat(thread).succeedsWithin(Duration.ofSeconds(5)).asString().startsWith("VirtualThread");
		});
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnConverter {

		@Bean
		MessageConverter natsMessageConverter() {
			return new StringMessageConverter();
		}

	}

	static class OwnPayloadConverter implements PayloadConverter {

		@Override
		public PayloadReader readerFor(Type targetType) {
			return (message) -> message;
		}

		@Override
		public EncodedPayload encode(Object payload, Headers headers) {
			return new EncodedPayload(NatsMessage.builder().subject("a").build().getData(), headers);
		}

	}

	record Order(String orderId) {
	}

}
