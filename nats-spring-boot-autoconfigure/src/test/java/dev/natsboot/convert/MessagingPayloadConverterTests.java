package dev.natsboot.convert;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import com.google.protobuf.StringValue;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.converter.AbstractMessageConverter;
import org.springframework.messaging.converter.CompositeMessageConverter;
import org.springframework.messaging.converter.JacksonJsonMessageConverter;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.converter.ProtobufMessageConverter;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.util.MimeType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class MessagingPayloadConverterTests {

	private final MessagingPayloadConverter converter = new MessagingPayloadConverter(
			NatsMessageConverters.withJson(new JsonMapper()));

	private final MessagingPayloadConverter plain = new MessagingPayloadConverter(NatsMessageConverters.withoutJson());

	@Test
	void objectsWithoutHeadersShareOnesThatTheClientNeedNotCopy() {
		Headers headers = this.converter.encode(new Order("o-1", 3), null).headers();
		assertThat(headers).isNotNull().matches(Headers::isReadOnly, "read-only");
		assertThat(headers.getFirst("Content-Type")).isEqualTo("application/json");
		assertThat(this.converter.encode(new Order("o-2", 4), new Headers()).headers()).isSameAs(headers);
	}

	@Test
	void bytesAreTheMessagesOwn() {
		Message message = message("abc");
		assertThat(this.converter.readerFor(byte[].class).read(message)).isSameAs(message.getData());
		byte[] bytes = { 1, 2 };
		EncodedPayload encoded = this.converter.encode(bytes, null);
		assertThat(encoded.data()).isSameAs(bytes);
		assertThat(encoded.headers()).isNull();
	}

	@Test
	void stringsAreReadWhateverTheContentType() {
		assertThat(this.converter.readerFor(String.class).read(message("{\"ä\":1}", "application/json")))
			.isEqualTo("{\"ä\":1}");
		assertThat(this.converter.readerFor(String.class).read(message(""))).isEqualTo("");
	}

	@Test
	void stringsTravelWithoutContentType() {
		EncodedPayload encoded = this.converter.encode("Grüße", null);
		assertThat(encoded.data()).isEqualTo("Grüße".getBytes(StandardCharsets.UTF_8));
		assertThat(encoded.headers()).isNull();
	}

	@Test
	void givenContentTypeOfStringIsKept() {
		Headers headers = new Headers().put("Content-Type", "application/json");
		assertThat(this.converter.encode("{}", headers).headers()).isSameAs(headers);
	}

	@Test
	void objectsTravelAsJson() {
		Headers headers = new Headers().put("A", "1");
		EncodedPayload encoded = this.converter.encode(new Order("o-1", 3), headers);
		assertThat(encoded.data()).asString().isEqualTo("{\"id\":\"o-1\",\"quantity\":3}");
		assertThat(encoded.headers().getFirst("Content-Type")).isEqualTo("application/json");
		assertThat(encoded.headers().getFirst("A")).isEqualTo("1");
		assertThat(headers.keySet()).containsExactly("A");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "application/json", "application/json;charset=UTF-8", "application/problem+json", "text/json" })
	void jsonIsReadWithJsonContentTypes(String contentType) {
		assertThat(read(Order.class, "{\"id\":\"o-1\",\"quantity\":3}", contentType)).isEqualTo(new Order("o-1", 3));
	}

	@Test
	void jsonIsReadWithoutContentTypeAndWithNameInOtherCase() {
		assertThat(this.converter.readerFor(Order.class).read(message("{\"id\":\"o-1\",\"quantity\":3}")))
			.isEqualTo(new Order("o-1", 3));
		Headers headers = new Headers().put("content-type", "application/json");
		assertThat(this.converter.readerFor(Order.class)
			.read(NatsMessage.builder().subject("a").headers(headers).data("{\"id\":\"b\",\"quantity\":1}").build()))
			.isEqualTo(new Order("b", 1));
	}

	@Test
	void genericTypesAreRead() {
		assertThat(read(new ParameterizedTypeReference<List<Order>>() {
		}.getType(), "[{\"id\":\"a\",\"quantity\":1}]", null)).isEqualTo(List.of(new Order("a", 1)));
		assertThat(read(new ParameterizedTypeReference<Map<String, Order>>() {
		}.getType(), "{\"x\":{\"id\":\"a\",\"quantity\":1}}", null)).isEqualTo(Map.of("x", new Order("a", 1)));
		assertThat(read(int.class, "42", null)).isEqualTo(42);
	}

	@Test
	void emptyBodyIsNullForObjects() {
		assertThat(read(Order.class, "", null)).isNull();
		assertThat(read(StringValue.class, "", null)).isNull();
		assertThat(read(byte[].class, "", null)).isEqualTo(new byte[0]);
		EncodedPayload encoded = this.converter.encode(null, null);
		assertThat(encoded.data()).isEmpty();
		assertThat(encoded.headers()).isNull();
	}

	@Test
	void protobufTravelsInItsBinaryForm() {
		StringValue value = StringValue.of("Grüße");
		EncodedPayload encoded = this.converter.encode(value, null);
		assertThat(encoded.data()).isEqualTo(value.toByteArray());
		assertThat(encoded.headers().getFirst("Content-Type")).isEqualTo("application/x-protobuf");
		Message message = NatsMessage.builder().subject("a").headers(encoded.headers()).data(encoded.data()).build();
		assertThat(this.converter.readerFor(StringValue.class).read(message)).isEqualTo(value);
		assertThat(this.plain.readerFor(StringValue.class).read(message)).isEqualTo(value);
	}

	@Test
	void protobufOfDefaultsHasAnEmptyBody() {
		EncodedPayload encoded = this.converter.encode(StringValue.getDefaultInstance(), null);
		assertThat(encoded.data()).isEmpty();
		Message message = NatsMessage.builder().subject("a").headers(encoded.headers()).data(encoded.data()).build();
		MessagingPayloadConverter replaced = new MessagingPayloadConverter(new ProtobufMessageConverter());
		for (MessagingPayloadConverter reading : List.of(this.converter, this.plain, replaced)) {
			assertThat(reading.readerFor(StringValue.class).read(message)).isEqualTo(StringValue.getDefaultInstance());
			assertThat(reading.readerFor(StringValue.class).read(message(""))).isNull();
		}
		assertThat(read(Order.class, "", "application/json")).isNull();
		assertThat(read(Object.class, "", "application/json")).isNull();
	}

	@Test
	void protobufIsReadWithoutContentType() {
		Message message = NatsMessage.builder().subject("a").data(StringValue.of("x").toByteArray()).build();
		assertThat(this.converter.readerFor(StringValue.class).read(message)).isEqualTo(StringValue.of("x"));
	}

	@Test
	void cloudEventsTravelInBinaryMode() {
		CloudEvent event = CloudEventBuilder.v1()
			.withId("e-1")
			.withType("order.created")
			.withSource(URI.create("/orders"))
			.withData("application/json", "{\"id\":1}".getBytes(StandardCharsets.UTF_8))
			.build();
		EncodedPayload encoded = this.converter.encode(event, new Headers().put("A", "1"));
		assertThat(encoded.data()).asString().isEqualTo("{\"id\":1}");
		assertThat(encoded.headers().getFirst("ce-id")).isEqualTo("e-1");
		assertThat(encoded.headers().getFirst("ce-type")).isEqualTo("order.created");
		assertThat(encoded.headers().getFirst("A")).isEqualTo("1");
		Message message = NatsMessage.builder().subject("a").headers(encoded.headers()).data(encoded.data()).build();
		CloudEvent read = (CloudEvent) this.converter.readerFor(CloudEvent.class).read(message);
		assertThat(read.getId()).isEqualTo("e-1");
		assertThat(read.getSource()).isEqualTo(URI.create("/orders"));
		assertThat(read.getDataContentType()).isEqualTo("application/json");
		assertThat(read.getData().toBytes()).asString().isEqualTo("{\"id\":1}");
	}

	@Test
	void cloudEventWithoutDataIsRead() {
		CloudEvent event = CloudEventBuilder.v1().withId("e").withType("t").withSource(URI.create("/s")).build();
		EncodedPayload encoded = this.converter.encode(event, null);
		Message message = NatsMessage.builder().subject("a").headers(encoded.headers()).data(encoded.data()).build();
		assertThat(this.converter.readerFor(CloudEvent.class).read(message)).extracting("id").isEqualTo("e");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{", "secret", "{\"id\":\"secret\",\"quantity\":3", "[]", "{\"id\":\"secret\"} trailing",
			"{\"id\":\"secret\",\"quantity\":\"secret\"}", "{\"id\":{\"secret\":1}}", "\u0000secret" })
	void malformedJsonIsReportedWithoutThePayload(String body) {
		assertThatExceptionOfType(MessageConversionException.class).isThrownBy(() -> read(Order.class, body, null))
			.withMessageStartingWith(
					"Can't read a " + Order.class.getName() + " from the message on subject 'orders': ")
			.satisfies((ex) -> {
				assertThat(ex.getFailedMessage()).isNull();
				assertThat(stackTrace(ex)).doesNotContain("secret");
			});
	}

	@Test
	void saysWhereJsonDoesNotFit() {
		assertThatExceptionOfType(MessageConversionException.class)
			.isThrownBy(() -> read(new ParameterizedTypeReference<List<Order>>() {
			}.getType(), "[{\"id\":\"a\",\n\"quantity\":\"many\"}]", null))
			.withMessageEndingWith("the value of '[0].quantity' is no int at line 2, column 12");
	}

	@Test
	void saysThatAValueIsMissing() {
		assertThatExceptionOfType(MessageConversionException.class)
			.isThrownBy(() -> read(Order.class, "{\"id\":\"a\"}", null))
			.withMessageEndingWith(
					"the value of 'quantity' is missing or null at line 1, column 10, but type int needs one");
	}

	@Test
	void saysThatAValueIsNull() {
		assertThatExceptionOfType(MessageConversionException.class)
			.isThrownBy(() -> read(Order.class, "{\"id\":\"a\",\"quantity\":null}", null))
			.withMessageEndingWith(
					"the value of 'quantity' is missing or null at line 1, column 22, but type int needs one");
	}

	@Test
	void saysThatTheBodyOfASpringMessageIsNull() {
		Type type = new ParameterizedTypeReference<org.springframework.messaging.Message<Order>>() {
		}.getType();
		assertThatExceptionOfType(MessageConversionException.class).isThrownBy(() -> read(type, "null", null))
			.withMessageContaining("the body is JSON null, which Spring's Message can't say");
		assertThatExceptionOfType(MessageConversionException.class).isThrownBy(() -> read(type, "", null))
			.withMessageContaining("the body is empty, which Spring's Message can't say");
	}

	@Test
	void saysWhatAConstructorRefused() {
		assertThatExceptionOfType(MessageConversionException.class)
			.isThrownBy(() -> read(Order.class, "{\"id\":\"a\",\"quantity\":-1}", null))
			.withMessageContaining("quantity must not be negative")
			.withCauseInstanceOf(IllegalArgumentException.class);
	}

	@Test
	void malformedProtobufIsReported() {
		assertThatExceptionOfType(MessageConversionException.class)
			.isThrownBy(() -> read(StringValue.class, "\uffff\uffff", null))
			.withMessageStartingWith("Can't read a com.google.protobuf.StringValue");
	}

	@Test
	void contentTypeThatDoesNotFitIsRefused() {
		assertThatExceptionOfType(MessageConversionException.class)
			.isThrownBy(() -> read(Order.class, "{}", "application/x-protobuf"))
			.withMessageEndingWith("the content type is 'application/x-protobuf', understood is 'application/json'");
		assertThatExceptionOfType(MessageConversionException.class)
			.isThrownBy(() -> read(Order.class, "{}", "not a content type"))
			.withMessageContaining("'not a content type'");
		assertThatExceptionOfType(MessageConversionException.class).isThrownBy(
				() -> this.converter.encode(new Order("a", 1), new Headers().put("Content-Type", "application/yaml")))
			.withMessageContaining("'application/yaml'");
	}

	@Test
	void typeNamedByHeaderIsIgnored() {
		Headers headers = new Headers().put("Content-Type", "application/json")
			.put("__TypeId__", "java.util.concurrent.atomic.AtomicLong")
			.put("contentType", "application/x-java-serialized-object;type=java.lang.Thread");
		Message message = NatsMessage.builder().subject("a").headers(headers).data("{\"id\":1}").build();
		assertThat(this.converter.readerFor(Object.class).read(message)).isEqualTo(Map.of("id", 1));
	}

	@Test
	void objectIsWhatTheContentTypeSays() {
		assertThat(read(Object.class, "[1]", "application/json")).isEqualTo(List.of(1));
		assertThat(read(Object.class, "x", "text/plain")).isEqualTo("x");
		assertThat(read(Object.class, "x", null)).isEqualTo("x".getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void springMessageHasHeadersAndConvertedPayload() {
		Headers headers = new Headers().put("A", "1").put("B", "x", "y").put("Content-Type", "application/json");
		Message message = NatsMessage.builder()
			.subject("orders")
			.replyTo("_INBOX.1")
			.headers(headers)
			.data("{\"id\":\"a\",\"quantity\":1}")
			.build();
		Type type = new ParameterizedTypeReference<org.springframework.messaging.Message<Order>>() {
		}.getType();
		org.springframework.messaging.Message<?> read = (org.springframework.messaging.Message<?>) this.converter
			.readerFor(type)
			.read(message);
		assertThat(read.getPayload()).isEqualTo(new Order("a", 1));
		assertThat(read.getHeaders()).containsEntry("A", "1")
			.containsEntry("B", List.of("x", "y"))
			.containsEntry(MessageHeaders.CONTENT_TYPE, "application/json")
			.containsEntry(NatsHeaders.SUBJECT, "orders")
			.containsEntry(NatsHeaders.REPLY_TO, "_INBOX.1")
			.doesNotContainKeys(NatsHeaders.STREAM, NatsHeaders.DELIVERY_COUNT);
	}

	@Test
	void springMessageBringsItsHeaders() {
		EncodedPayload encoded = this.converter.encode(MessageBuilder.withPayload(new Order("a", 1))
			.setHeader("A", "own")
			.setHeader(NatsHeaders.SUBJECT, "never sent")
			.setHeader("object", new Object())
			.setHeader(MessageHeaders.CONTENT_TYPE, MimeType.valueOf("application/vnd.order+json"))
			.build(), new Headers().put("A", "explicit"));
		assertThat(encoded.headers().keySet()).containsExactlyInAnyOrder("A", "Content-Type");
		assertThat(encoded.headers().getFirst("A")).isEqualTo("explicit");
		assertThat(encoded.headers().getFirst("Content-Type")).isEqualTo("application/vnd.order+json");
	}

	@Test
	void saysWhichDependencyIsMissingWithoutJackson() {
		assertThatExceptionOfType(MessageConversionException.class).isThrownBy(() -> this.plain.readerFor(Order.class))
			.withMessageContaining("Reading a " + Order.class.getName() + " needs Jackson")
			.withMessageContaining("org.springframework.boot:spring-boot-starter-jackson");
		assertThatExceptionOfType(MessageConversionException.class)
			.isThrownBy(() -> this.plain.encode(new Order("a", 1), null))
			.withMessageContaining("org.springframework.boot:spring-boot-starter-jackson");
		assertThat(this.plain.encode("text", null).data()).asString().isEqualTo("text");
	}

	@Test
	void replacedConverterConvertsObjects() {
		MessagingPayloadConverter replaced = new MessagingPayloadConverter(new CompositeMessageConverter(
				List.of(new SemicolonConverter(), new JacksonJsonMessageConverter(new JsonMapper()))));
		Headers headers = new Headers().put("Content-Type", "text/csv").put("A", "1");
		EncodedPayload csv = replaced.encode(new Order("a", 2), headers);
		assertThat(csv.data()).asString().isEqualTo("a;2");
		assertThat(csv.headers().getFirst("A")).isEqualTo("1");
		assertThat(csv.headers().getFirst("Content-Type")).isEqualTo("text/csv");
		assertThat(replaced.readerFor(Order.class).read(message("b;3", "text/csv"))).isEqualTo(new Order("b", 3));
		assertThat(replaced.readerFor(new ParameterizedTypeReference<List<Order>>() {
		}.getType()).read(message("[{\"id\":\"c\",\"quantity\":4}]", "application/json")))
			.isEqualTo(List.of(new Order("c", 4)));
		assertThatExceptionOfType(MessageConversionException.class)
			.isThrownBy(() -> replaced.readerFor(Order.class).read(message("secret", "text/csv")))
			.withMessageContaining(Order.class.getName())
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("secret"));
		assertThatExceptionOfType(MessageConversionException.class)
			.isThrownBy(() -> replaced.readerFor(Order.class).read(message("x", "image/png")))
			.withMessageContaining("image/png");
	}

	private static String stackTrace(Throwable ex) {
		StringWriter writer = new StringWriter();
		ex.printStackTrace(new PrintWriter(writer));
		return writer.toString();
	}

	private Object read(Type type, String body, String contentType) {
		return this.converter.readerFor(type).read((contentType != null) ? message(body, contentType) : message(body));
	}

	private static Message message(String body) {
		return NatsMessage.builder().subject("orders").data(body, StandardCharsets.UTF_8).build();
	}

	private static Message message(String body, String contentType) {
		return NatsMessage.builder()
			.subject("orders")
			.headers(new Headers().put("Content-Type", contentType))
			.data(body, StandardCharsets.UTF_8)
			.build();
	}

	record Order(String id, int quantity) {

		Order {
			if (quantity < 0) {
				throw new IllegalArgumentException("quantity must not be negative");
			}
		}

	}

	static class SemicolonConverter extends AbstractMessageConverter {

		SemicolonConverter() {
			super(MimeType.valueOf("text/csv"));
		}

		@Override
		protected boolean supports(Class<?> type) {
			return type == Order.class;
		}

		@Override
		protected Object convertFromInternal(org.springframework.messaging.Message<?> message, Class<?> targetClass,
				Object hint) {
			String[] parts = new String((byte[]) message.getPayload(), StandardCharsets.UTF_8).split(";");
			return new Order(parts[0], Integer.parseInt(parts[1]));
		}

		@Override
		protected Object convertToInternal(Object payload, MessageHeaders headers, Object hint) {
			Order order = (Order) payload;
			return order.id() + ";" + order.quantity();
		}

	}

}
