package dev.natsboot.sample.processor.gateway;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Profile;

/**
 * The simulated payment gateway, which runs as a process of its own.
 */
@Configuration(proxyBeanMethods = false)
@Profile("gateway")
@EnableConfigurationProperties(Switches.class)
@Import({ ChargeController.class, ChargeLedger.class, SwitchController.class, SwitchBoard.class })
public class GatewayConfiguration {

}
