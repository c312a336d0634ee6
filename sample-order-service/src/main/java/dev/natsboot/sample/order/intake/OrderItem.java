package dev.natsboot.sample.order.intake;

import java.math.BigDecimal;

import dev.natsboot.sample.order.Identifier;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;

/**
 * One position of an order.
 *
 * @param sku the article
 * @param quantity how many
 * @param unitPrice the price of one
 */
public record OrderItem(@Identifier String sku, @NotNull @Positive @Max(10_000) Integer quantity,
		@NotNull @Positive @Digits(integer = 6, fraction = 2) BigDecimal unitPrice) {

	BigDecimal price() {
		return this.unitPrice.multiply(BigDecimal.valueOf(this.quantity));
	}

}
