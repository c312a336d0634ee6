package dev.natsboot.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Configuration properties for meters.
 */
@ConfigurationProperties("nats.metrics")
public class NatsMetricsProperties {

	/**
	 * How many different subjects the meters of published messages may name. Tokens that
	 * look like ids count as one subject; what is published to further subjects is
	 * counted as 'other'.
	 */
	private int maxSubjects = 100;

	/**
	 * Return how many different subjects meters may name.
	 * @return the number of subjects
	 */
	public int getMaxSubjects() {
		return this.maxSubjects;
	}

	/**
	 * Set how many different subjects meters may name.
	 * @param maxSubjects the number of subjects, zero or more
	 */
	public void setMaxSubjects(int maxSubjects) {
		this.maxSubjects = maxSubjects;
	}

}
