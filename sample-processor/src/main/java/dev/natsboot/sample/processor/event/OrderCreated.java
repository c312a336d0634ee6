package dev.natsboot.sample.processor.event;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;

/**
 * The event {@code orders.created.v1}, as far as it matters here: fields that aren't
 * listed are ignored, so that the order service may add some. The rules keep out what the
 * database, the gateway or a header wouldn't take, and would fail for a whole batch.
 *
 * @param messageId identifies the event, also when it is delivered or published again
 * @param orderId identifies the order
 * @param totalAmount what the customer has to pay
 * @param createdAt when the order came in
 * @param items what was ordered
 */
public record OrderCreated(
		@Identifier @Pattern(regexp = "[!-~]*", message = "must be printable ASCII without blanks") String messageId,
		@Identifier String orderId, @NotNull @PositiveOrZero @Digits(integer = 12, fraction = 2) BigDecimal totalAmount,
		@NotNull Instant createdAt, @NotNull List<@NotNull @Valid OrderItem> items) {

	/**
	 * The subject of the event.
	 */
	public static final String SUBJECT = "orders.created.v1";

	/**
	 * Leave out what comes twice.
	 * @param orders the orders
	 * @return each of them once, by message id, in the order in which they came
	 */
	public static Map<String, OrderCreated> byMessageId(Collection<OrderCreated> orders) {
		Map<String, OrderCreated> unique = new LinkedHashMap<>();
		orders.forEach((order) -> unique.putIfAbsent(order.messageId(), order));
		return unique;
	}

}
