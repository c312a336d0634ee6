package dev.natsboot.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Configuration properties for observations.
 */
@ConfigurationProperties("nats.observation")
public class NatsObservationProperties {

	/**
	 * Whether publishing, requests and the handling of messages are observed: traced, and
	 * timed. Switch it off where an agent instruments the NATS client already.
	 */
	private boolean enabled = true;

	/**
	 * Return whether messages are observed.
	 * @return {@code true} when they are
	 */
	public boolean isEnabled() {
		return this.enabled;
	}

	/**
	 * Set whether messages are observed.
	 * @param enabled {@code true} to observe them
	 */
	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

}
