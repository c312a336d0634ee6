package dev.natsboot.sample.order.intake;

import java.math.BigDecimal;

import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;

/**
 * One position of an order.
 *
 * @param sku the article
 * @param quantity how many
 * @param unitPrice the price of one
 */
public record OrderItem(@NotBlank @Size(max = 64) String sku, @NotNull @Positive @Max(10_000) Integer quantity,
		@NotNull @Positive @Digits(integer = 6, fraction = 2) BigDecimal unitPrice) {

	BigDecimal price() {
		return this.unitPrice.multiply(BigDecimal.valueOf(this.quantity));
	}

}
