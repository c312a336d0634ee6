package dev.natsboot.listener;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import dev.natsboot.convert.PayloadReader;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.messaging.converter.MessageConversionException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class MessageExpressionTests {

	private static final PayloadReader ORDERS = (message) -> new Order(
			new String(message.getData(), StandardCharsets.UTF_8), Map.of("customer", "C7"));

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "subject[2] | eu", "headers['order-id'] | o1", "headers['ORDER-ID'] | o1",
					"headers['order-id'] + '/' + subject[0] | o1/orders", "payload.orderId | body",
					"payload.more['customer'] | C7", "payload.orderId.length() | 4", "message.subject | orders.new.eu",
					"headers['absent'] ?: subject[1] | new", "headers['absent'] | ", "headers['empty'] | ",
					"headers.size() | 2", "headers.containsKey('absent') ? 'x' : 'y' | y" })
	void takesATextFromAMessage(String expression, String expected) {
		MessageExpression parsed = MessageExpression.parse("idempotencyKey", expression, "subject[2]", ORDERS);
		for (int i = 0; i < 200; i++) {
			assertThat(parsed.evaluate(message("orders.new.eu"))).isEqualTo(expected);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "subject[", "sbject[2]", "#{subject[2]}", "headers['a'] + order", "" })
	void refusesAtOnceWhatNoMessageHas(String expression) {
		assertThatIllegalStateException()
			.isThrownBy(() -> MessageExpression.parse("orderBy", expression, "subject[2]", ORDERS))
			.withMessageStartingWith("'orderBy' is '" + expression + "', which can't be used")
			.withMessageEndingWith("for example orderBy = \"subject[2]\"");
	}

	@Test
	void refusesThePayloadWhereThereIsNone() {
		assertThatIllegalStateException()
			.isThrownBy(() -> MessageExpression.parse("orderBy", "payload.orderId", "subject[2]", null))
			.withMessageContaining("there is no payload here");
	}

	@ParameterizedTest
	@ValueSource(strings = { "subject[3]", "payload.amount", "T(java.lang.Runtime).getRuntime()",
			"new java.lang.String('x')" })
	void failsForGoodOnAMessageThatDoesNotFit(String expression) {
		MessageExpression parsed = MessageExpression.parse("orderBy", expression, "subject[2]", ORDERS);
		assertThatExceptionOfType(MessageConversionException.class)
			.isThrownBy(() -> parsed.evaluate(message("orders.new.eu")))
			.withMessageContaining("'orderBy' (" + expression + ")")
			.withMessageContaining("orders.new.eu");
	}

	@Test
	void convertsThePayloadOnlyWhenItIsAskedFor() {
		MessageExpression parsed = MessageExpression.parse("orderBy", "subject[0]", "subject[2]", (message) -> {
			throw new IllegalStateException("Not asked for");
		});
		assertThat(parsed.evaluate(message("orders.new.eu"))).isEqualTo("orders");
	}

	private static Message message(String subject) {
		return NatsMessage.builder()
			.subject(subject)
			.headers(new Headers().add("Order-Id", "o1", "o2").add("empty", ""))
			.data("body")
			.build();
	}

	public record Order(String orderId, Map<String, String> more) {
	}

}
