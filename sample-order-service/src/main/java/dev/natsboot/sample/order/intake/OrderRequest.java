package dev.natsboot.sample.order.intake;

import java.math.BigDecimal;
import java.util.List;

import dev.natsboot.sample.order.Identifier;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * What a customer sends.
 *
 * @param customerId who orders
 * @param items what is ordered
 */
public record OrderRequest(@Identifier String customerId,
		@NotEmpty @Size(max = 100) List<@NotNull @Valid OrderItem> items) {

	BigDecimal totalAmount() {
		return this.items.stream().map(OrderItem::price).reduce(BigDecimal.ZERO, BigDecimal::add);
	}

}
