package dev.natsboot.autoconfigure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Properties of request handlers and of service discovery.
 */
@ConfigurationProperties("nats.service")
public class NatsServiceProperties {

	/**
	 * Name of the application's own service: letters, digits, dashes and underscores. By
	 * default the application's name.
	 */
	private @Nullable String name;

	/**
	 * Semantic version of services that say nothing else.
	 */
	private String version = "0.0.1";

	/**
	 * What the application's own service does.
	 */
	private @Nullable String description;

	/**
	 * Names and values that are shown with every service of the application.
	 */
	private Map<String, String> metadata = new LinkedHashMap<>();

	/**
	 * How long requests that were received before a stop may take to be answered.
	 */
	private Duration shutdownTimeout = Duration.ofSeconds(20);

	/**
	 * Whether every request handler also listens to a subject of its instance alone.
	 */
	private boolean instanceSubjects = true;

	/**
	 * Whether the texts of unexpected exceptions are sent to the requester.
	 */
	private boolean errorMessages = true;

	/**
	 * How long to wait for the answers of other services.
	 */
	private Duration discoveryTimeout = Duration.ofSeconds(1);

	/**
	 * The name of the application's own service.
	 * @return the name, or {@code null} for the application's name
	 */
	public @Nullable String getName() {
		return this.name;
	}

	/**
	 * Set the name of the application's own service.
	 * @param name the name, or {@code null} for the application's name
	 */
	public void setName(@Nullable String name) {
		this.name = name;
	}

	/**
	 * The version of services that say nothing else.
	 * @return a semantic version
	 */
	public String getVersion() {
		return this.version;
	}

	/**
	 * Set the version of services that say nothing else.
	 * @param version a semantic version
	 */
	public void setVersion(String version) {
		this.version = version;
	}

	/**
	 * What the application's own service does.
	 * @return the description, or {@code null}
	 */
	public @Nullable String getDescription() {
		return this.description;
	}

	/**
	 * Say what the application's own service does.
	 * @param description the description, or {@code null}
	 */
	public void setDescription(@Nullable String description) {
		this.description = description;
	}

	/**
	 * What is shown with every service of the application.
	 * @return names and values
	 */
	public Map<String, String> getMetadata() {
		return this.metadata;
	}

	/**
	 * Set what is shown with every service of the application.
	 * @param metadata names and values
	 */
	public void setMetadata(Map<String, String> metadata) {
		this.metadata = metadata;
	}

	/**
	 * How long requests that were received before a stop may take to be answered.
	 * @return the time
	 */
	public Duration getShutdownTimeout() {
		return this.shutdownTimeout;
	}

	/**
	 * Set how long requests that were received before a stop may take to be answered.
	 * @param shutdownTimeout the time, after which they are answered with an error
	 */
	public void setShutdownTimeout(Duration shutdownTimeout) {
		this.shutdownTimeout = shutdownTimeout;
	}

	/**
	 * Whether every request handler also listens to a subject of its instance alone.
	 * @return {@code true} when it does
	 */
	public boolean isInstanceSubjects() {
		return this.instanceSubjects;
	}

	/**
	 * Choose whether every request handler also listens to a subject of its instance
	 * alone.
	 * @param instanceSubjects {@code false} when permissions don't allow it
	 */
	public void setInstanceSubjects(boolean instanceSubjects) {
		this.instanceSubjects = instanceSubjects;
	}

	/**
	 * Whether the texts of unexpected exceptions are sent to the requester.
	 * @return {@code true} when they are
	 */
	public boolean isErrorMessages() {
		return this.errorMessages;
	}

	/**
	 * Choose whether the texts of unexpected exceptions are sent to the requester.
	 * @param errorMessages {@code false} for a fixed text
	 */
	public void setErrorMessages(boolean errorMessages) {
		this.errorMessages = errorMessages;
	}

	/**
	 * How long to wait for the answers of other services.
	 * @return the time
	 */
	public Duration getDiscoveryTimeout() {
		return this.discoveryTimeout;
	}

	/**
	 * Set how long to wait for the answers of other services.
	 * @param discoveryTimeout the time
	 */
	public void setDiscoveryTimeout(Duration discoveryTimeout) {
		this.discoveryTimeout = discoveryTimeout;
	}

}
