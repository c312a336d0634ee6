package dev.natsboot.sample.order.synchronous;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where payment and inventory are called.
 *
 * @param paymentUrl the address of the processor with the role {@code payment}
 * @param inventoryUrl the address of the processor with the role {@code inventory}
 */
@ConfigurationProperties("sample.processor")
record ProcessorProperties(@DefaultValue("http://localhost:8081") String paymentUrl,
		@DefaultValue("http://localhost:8081") String inventoryUrl) {
}
