package dev.natsboot.autoconfigure;

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

}
