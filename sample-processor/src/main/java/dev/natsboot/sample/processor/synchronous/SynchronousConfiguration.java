package dev.natsboot.sample.processor.synchronous;

import dev.natsboot.sample.processor.event.ResultPublisher;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Profile;

/**
 * The profile {@code synchronous}: the services of the roles are called over HTTP instead
 * of by listeners.
 */
@Configuration(proxyBeanMethods = false)
@Profile("synchronous")
@Import({ PaymentController.class, ReservationController.class, GatewayProblems.class })
public class SynchronousConfiguration {

	/**
	 * The answer is the announcement.
	 */
	@Bean
	ResultPublisher resultPublisher() {
		return (results) -> {
		};
	}

}
