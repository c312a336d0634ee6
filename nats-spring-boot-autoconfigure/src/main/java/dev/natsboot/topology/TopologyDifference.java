package dev.natsboot.topology;

import org.jspecify.annotations.Nullable;

/**
 * One way in which the server differs from what the application declares.
 *
 * @param target what differs, for instance {@code stream 'ORDERS'}
 * @param property the property or attribute that declares the value, for instance
 * {@code nats.jetstream.streams.ORDERS.max-age}
 * @param declared the declared value, readable and as it can be written as a property
 * @param actual the server's value, or {@code null} when the target doesn't exist
 * @param kind whether the difference can be resolved, and how
 * @param advice what to do about it, with a working example
 */
public record TopologyDifference(String target, String property, String declared, @Nullable String actual, Kind kind,
		String advice) {

	/**
	 * How a difference can be resolved.
	 */
	public enum Kind {

		/**
		 * The target doesn't exist on the server and can be created.
		 */
		MISSING,

		/**
		 * The server can change the value.
		 */
		CHANGEABLE,

		/**
		 * The server can't change the value of something that exists.
		 */
		FIXED,

		/**
		 * The server is too old and ignores what is declared.
		 */
		UNSUPPORTED

	}

	/**
	 * The attribute alone, the last part of the property.
	 * @return the attribute, for instance {@code max-age}
	 */
	public String attribute() {
		return this.property.substring(this.property.lastIndexOf('.') + 1);
	}

	/**
	 * The difference on one line, without advice.
	 * @return for instance {@code max-age: declared 1d, server 12h}
	 */
	public String summary() {
		return (this.actual == null) ? this.target + " does not exist"
				: attribute() + ": declared " + this.declared + ", server " + this.actual;
	}

	@Override
	public String toString() {
		return ((this.actual == null) ? summary() : this.target + ", " + summary()) + ". " + this.advice;
	}

}
