package dev.natsboot.sample.processor.payment;

import dev.natsboot.sample.processor.event.ResultPublisher;
import dev.natsboot.sample.processor.role.ConditionalOnRole;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.web.client.RestClient;

/**
 * The role {@code payment}.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole("payment")
@EnableScheduling
@Import({ ResultPublisher.class, PaymentListener.class, PaymentService.class, PaymentRepository.class,
		PaymentMetrics.class, GatewayWatch.class })
public class PaymentConfiguration {

	@Bean
	PaymentGateway paymentGateway(RestClient.Builder builder, @Value("${payment.gateway.url}") String url) {
		return new HttpPaymentGateway(builder.baseUrl(url).build());
	}

}
