package dev.natsboot.sample.processor.event;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class OrderCreatedTests {

	private static final ValidatorFactory VALIDATORS = Validation.buildDefaultValidatorFactory();

	private static final String LONGEST = "x".repeat(64);

	@AfterAll
	static void close() {
		VALIDATORS.close();
	}

	@ParameterizedTest(name = "{index}: {0}")
	@MethodSource
	void namesWhatCannotBeStoredChargedOrSent(String field, OrderCreated order) {
		assertThat(violations(order)).containsExactly(field);
	}

	static Stream<Arguments> namesWhatCannotBeStoredChargedOrSent() {
		return Stream.of(arguments("messageId", order("m\0", "o", "1", "a")),
				arguments("messageId", order("\u00f6", "o", "1", "a")),
				arguments("messageId", order("m 1", "o", "1", "a")),
				arguments("messageId", order(LONGEST + "x", "o", "1", "a")),
				arguments("orderId", order("m", "o\n", "1", "a")), arguments("orderId", order("m", " ", "1", "a")),
				arguments("orderId", order("m", LONGEST + "x", "1", "a")),
				arguments("totalAmount", order("m", "o", "-0.01", "a")),
				arguments("totalAmount", order("m", "o", "1000000000000", "a")),
				arguments("totalAmount", order("m", "o", "0.001", "a")),
				arguments("items[0].sku", order("m", "o", "1", "a\0")),
				arguments("items[0].sku", order("m", "o", "1", "\ud83d")),
				arguments("items[0].sku", order("m", "o", "1", LONGEST + "x")));
	}

	@ParameterizedTest
	@MethodSource
	void takesWhatIsWithinTheLimits(OrderCreated order) {
		assertThat(violations(order)).isEmpty();
	}

	static Stream<OrderCreated> takesWhatIsWithinTheLimits() {
		return Stream.of(order(LONGEST, LONGEST, "999999999999.99", LONGEST),
				order("m", "\u00f6 1", "0", "\ud83d\ude00"));
	}

	private static OrderCreated order(String messageId, String orderId, String amount, String sku) {
		return new OrderCreated(messageId, orderId, new BigDecimal(amount), Instant.EPOCH,
				List.of(new OrderItem(sku, 1)));
	}

	private static List<String> violations(OrderCreated order) {
		return VALIDATORS.getValidator()
			.validate(order)
			.stream()
			.map((violation) -> violation.getPropertyPath().toString())
			.distinct()
			.toList();
	}

}
