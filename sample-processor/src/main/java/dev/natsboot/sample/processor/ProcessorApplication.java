package dev.natsboot.sample.processor;

import dev.natsboot.sample.processor.audit.AuditConfiguration;
import dev.natsboot.sample.processor.gateway.GatewayConfiguration;
import dev.natsboot.sample.processor.inventory.InventoryConfiguration;
import dev.natsboot.sample.processor.payment.PaymentConfiguration;
import dev.natsboot.sample.processor.synchronous.SynchronousConfiguration;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/**
 * Works on orders in the roles that {@code sample.processor.roles} names; with the
 * profile {@code gateway} it is the simulated payment gateway instead.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ PaymentConfiguration.class, InventoryConfiguration.class, AuditConfiguration.class,
		SynchronousConfiguration.class, GatewayConfiguration.class })
public class ProcessorApplication {

	public static void main(String[] args) {
		SpringApplication.run(ProcessorApplication.class, args);
	}

}
