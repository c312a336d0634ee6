package dev.natsboot.sample.order.discovery;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How the order service is reached.
 *
 * @param uri address that is told to whoever asks for the service
 */
@ConfigurationProperties("sample.order-service")
record OrderServiceProperties(String uri) {
}
