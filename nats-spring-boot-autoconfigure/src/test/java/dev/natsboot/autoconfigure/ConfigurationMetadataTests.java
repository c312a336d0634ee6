package dev.natsboot.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.BeanUtils;
import org.springframework.beans.ConfigurablePropertyAccessor;
import org.springframework.beans.PropertyAccessorFactory;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.core.io.ClassPathResource;
import org.springframework.util.ObjectUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an editor shows for our properties, by the rules of Spring Boot's documentation.
 */
class ConfigurationMetadataTests {

	static Stream<Property> properties() throws IOException {
		try (InputStream in = new ClassPathResource("META-INF/spring-configuration-metadata.json").getInputStream()) {
			return JsonMapper.shared()
				.readTree(in)
				.get("properties")
				.valueStream()
				.map(Property::new)
				.toList()
				.stream();
		}
	}

	@ParameterizedTest
	@MethodSource("properties")
	void hasDescription(Property property) {
		assertThat(property.description()).isNotBlank().endsWith(".");
		assertThat(property.description()).doesNotStartWith("The ").doesNotStartWith("A ");
		if (property.type().equals("java.lang.Boolean")) {
			assertThat(property.description()).matches("(Whether|Enable) .*");
		}
	}

	@ParameterizedTest
	@MethodSource("ownProperties")
	void showsTheDefaultOfTheCode(Property property) throws ClassNotFoundException {
		ConfigurablePropertyAccessor code = property.code();
		Object value = code.getPropertyValue(property.field());
		assertThat(ApplicationConversionService.getSharedInstance()
			.convert(property.defaultValue(), TypeDescriptor.valueOf(String.class),
					code.getPropertyTypeDescriptor(property.field())))
			.isEqualTo(ObjectUtils.isEmpty(value) ? null : value);
	}

	static Stream<Property> ownProperties() throws IOException {
		return properties().filter((property) -> property.name().startsWith("nats."));
	}

	@Test
	void knowsEveryPropertyOfTheConnection() throws IOException {
		Set<String> names = new TreeSet<>(properties().map(Property::name).toList());
		assertThat(names).contains("nats.servers", "nats.connection-name", "nats.username", "nats.password",
				"nats.token", "nats.credentials", "nats.nkey", "nats.jwt", "nats.ssl.bundle", "nats.ssl.enabled",
				"nats.ssl.verify-host-name", "nats.tls-first", "nats.inbox-prefix", "nats.no-echo",
				"nats.connection-timeout", "nats.drain-timeout", "nats.ping-interval", "nats.max-pings-out",
				"nats.read-timeout", "nats.reconnect-wait", "nats.reconnect-jitter", "nats.reconnect-jitter-tls",
				"nats.reconnect-buffer-size", "nats.max-reconnects", "nats.outgoing-queue.max-messages",
				"nats.outgoing-queue.discard-when-full", "nats.request-cleanup-interval",
				"nats.ignore-discovered-servers", "nats.no-randomize", "nats.startup");
	}

	record Property(JsonNode node) {

		String name() {
			return this.node.path("name").asString();
		}

		String type() {
			return this.node.path("type").asString();
		}

		String description() {
			return this.node.path("description").asString("");
		}

		@Nullable String defaultValue() {
			JsonNode value = this.node.path("defaultValue");
			return value.isMissingNode() ? null : value.isArray()
					? value.valueStream().map(JsonNode::asString).collect(Collectors.joining(",")) : value.asString();
		}

		ConfigurablePropertyAccessor code() throws ClassNotFoundException {
			Class<?> type = Class.forName(this.node.path("sourceType").asString());
			return PropertyAccessorFactory.forDirectFieldAccess(BeanUtils.instantiateClass(type));
		}

		String field() {
			return Pattern.compile("-(.)")
				.matcher(name().substring(name().lastIndexOf('.') + 1))
				.replaceAll((part) -> part.group(1).toUpperCase(Locale.ROOT));
		}

		@Override
		public String toString() {
			return name();
		}

	}

}
