package dev.natsboot.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Properties of dead letters as a tool.
 */
@ConfigurationProperties("nats.dead-letters")
public class NatsDeadLetterProperties {

	/**
	 * Comma-separated list of names of streams that have nothing but dead letters. By
	 * default the streams that store the dead letters of the application's listeners.
	 */
	private List<String> streams = new ArrayList<>();

	/**
	 * Number of dead letters that are sent back per second where the caller doesn't say.
	 * Zero means no limit.
	 */
	private int redriveRate = 100;

	/**
	 * What is done about messages that the server stops to deliver.
	 */
	private final Advisories advisories = new Advisories();

	/**
	 * The dead-letter streams.
	 * @return their names, empty for those of the listeners
	 */
	public List<String> getStreams() {
		return this.streams;
	}

	/**
	 * Name the dead-letter streams.
	 * @param streams their names, empty for those of the listeners
	 */
	public void setStreams(List<String> streams) {
		this.streams = streams;
	}

	/**
	 * How many dead letters are sent back per second.
	 * @return how many, 0 for no limit
	 */
	public int getRedriveRate() {
		return this.redriveRate;
	}

	/**
	 * Limit how many dead letters are sent back per second.
	 * @param redriveRate how many, 0 for no limit
	 */
	public void setRedriveRate(int redriveRate) {
		this.redriveRate = redriveRate;
	}

	/**
	 * What is done about messages that the server stops to deliver.
	 * @return the properties
	 */
	public Advisories getAdvisories() {
		return this.advisories;
	}

	/**
	 * Properties of messages that the server stops to deliver, because their consumer has
	 * a limit of deliveries.
	 */
	public static class Advisories {

		/**
		 * Whether messages whose last delivery wasn't answered become dead letters, where
		 * the server has a limit of deliveries and the listener a dead-letter subject.
		 */
		private boolean enabled = true;

		/**
		 * Name of the stream that is created for the server's advisories about such
		 * messages, unless a stream captures them already.
		 */
		private String stream = "NATS_ADVISORIES";

		/**
		 * Age at which advisories are removed from the created stream.
		 */
		private Duration maxAge = Duration.ofDays(7);

		/**
		 * Whether such messages become dead letters.
		 * @return {@code true} when they do
		 */
		public boolean isEnabled() {
			return this.enabled;
		}

		/**
		 * Say whether such messages become dead letters.
		 * @param enabled {@code true} when they do
		 */
		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

		/**
		 * The stream of advisories.
		 * @return its name
		 */
		public String getStream() {
			return this.stream;
		}

		/**
		 * Name the stream of advisories.
		 * @param stream its name
		 */
		public void setStream(String stream) {
			this.stream = stream;
		}

		/**
		 * How long advisories are kept.
		 * @return the time
		 */
		public Duration getMaxAge() {
			return this.maxAge;
		}

		/**
		 * Say how long advisories are kept.
		 * @param maxAge the time
		 */
		public void setMaxAge(Duration maxAge) {
			this.maxAge = maxAge;
		}

	}

}
