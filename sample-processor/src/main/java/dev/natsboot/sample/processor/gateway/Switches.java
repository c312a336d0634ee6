package dev.natsboot.sample.processor.gateway;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the gateway behaves.
 *
 * @param declineRate share of orders that are declined, 0 to 1; the same orders each time
 * @param failureRate share of calls that are answered with status 500, 0 to 1; the
 * customers of every other one are charged nevertheless
 * @param throttled whether calls are answered with status 429
 * @param outage whether calls are answered with status 503
 * @param latency how long a call takes at least, in milliseconds
 */
@ConfigurationProperties("sample.gateway")
record Switches(@DefaultValue("0.02") double declineRate, double failureRate, boolean throttled, boolean outage,
		int latency) {
}
