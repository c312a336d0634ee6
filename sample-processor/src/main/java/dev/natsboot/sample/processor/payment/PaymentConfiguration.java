package dev.natsboot.sample.processor.payment;

import dev.natsboot.listener.NatsListenerEndpointRegistry;
import dev.natsboot.listener.OutageErrorHandler;
import dev.natsboot.sample.processor.event.JetStreamResultPublisher;
import dev.natsboot.sample.processor.role.ConditionalOnRole;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Profile;
import org.springframework.web.client.RestClient;

/**
 * The role {@code payment}.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole("payment")
@Import({ JetStreamResultPublisher.class, PaymentListener.class, PaymentService.class, PaymentRepository.class,
		PaymentMetrics.class })
public class PaymentConfiguration {

	@Bean
	PaymentGateway paymentGateway(RestClient.Builder builder, @Value("${payment.gateway.url}") String url) {
		return new HttpPaymentGateway(builder.baseUrl(url).build());
	}

	/**
	 * Pauses the payments while the gateway is out of order. Orders wait in the stream
	 * meanwhile.
	 */
	@Bean
	@Profile("!synchronous")
	OutageErrorHandler gatewayOutage(NatsListenerEndpointRegistry listeners, PaymentGateway gateway) {
		return new OutageErrorHandler(listeners, GatewayUnavailableException.class::isInstance,
				gateway::requireAvailable);
	}

}
