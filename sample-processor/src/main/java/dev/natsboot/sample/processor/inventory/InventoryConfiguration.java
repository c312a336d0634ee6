package dev.natsboot.sample.processor.inventory;

import dev.natsboot.sample.processor.event.JetStreamResultPublisher;
import dev.natsboot.sample.processor.role.ConditionalOnRole;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * The role {@code inventory}.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole("inventory")
@EnableConfigurationProperties(InventoryProperties.class)
@Import({ JetStreamResultPublisher.class, InventoryListener.class, InventoryService.class, Stock.class,
		Reservations.class })
public class InventoryConfiguration {

}
