package dev.natsboot.service;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Which service instances to ask, and how long to wait for them. Nobody knows how many
 * there are, so a query takes its whole time unless it has a quorum.
 *
 * @param name the service's name, or {@code null} to ask all services
 * @param id the instance's id, or {@code null} to ask all instances
 * @param timeout how long to wait; {@code null} for the default, which is the property
 * {@code nats.service.discovery-timeout}
 * @param quorum how many different instances are enough to return at once, or 0 to wait
 * for as many as answer in time
 */
public record ServiceQuery(@Nullable String name, @Nullable String id, @Nullable Duration timeout, int quorum) {

	/**
	 * Check the values.
	 * @param name the service's name, or {@code null}
	 * @param id the instance's id, or {@code null}
	 * @param timeout how long to wait, or {@code null}
	 * @param quorum how many instances are enough, or 0
	 */
	public ServiceQuery {
		if (name != null) {
			ServiceNames.requireName(name, "Service name to look for");
		}
		Assert.isTrue(id == null || name != null, "An instance can only be asked with the name of its service");
		Assert.isTrue(timeout == null || (!timeout.isNegative() && !timeout.isZero()),
				() -> "Discovery timeout " + timeout + " must be positive, for example 500ms");
		Assert.isTrue(quorum >= 0, () -> "Quorum " + quorum + " must be 0 for none, or the number of instances");
	}

	/**
	 * Ask all instances of all services.
	 * @return the query
	 */
	public static ServiceQuery all() {
		return new ServiceQuery(null, null, null, 0);
	}

	/**
	 * Ask all instances of a service.
	 * @param name the service's name
	 * @return the query
	 */
	public static ServiceQuery named(String name) {
		return new ServiceQuery(name, null, null, 0);
	}

	/**
	 * Ask one instance.
	 * @param name the service's name
	 * @param id the instance's id
	 * @return the query, over with the first answer
	 */
	public static ServiceQuery instance(String name, String id) {
		return new ServiceQuery(name, id, null, 1);
	}

	/**
	 * The same query with another bound.
	 * @param timeout how long to wait
	 * @return the query
	 */
	public ServiceQuery withTimeout(Duration timeout) {
		return new ServiceQuery(this.name, this.id, timeout, this.quorum);
	}

	/**
	 * The same query, over as soon as so many instances have answered.
	 * @param quorum how many different instances are enough
	 * @return the query
	 */
	public ServiceQuery withQuorum(int quorum) {
		return new ServiceQuery(this.name, this.id, this.timeout, quorum);
	}

	String subject(String verb) {
		return ServiceReports.subject(verb, this.name, this.id);
	}

	Duration timeout(Duration fallback) {
		return (this.timeout != null) ? this.timeout : fallback;
	}

}
