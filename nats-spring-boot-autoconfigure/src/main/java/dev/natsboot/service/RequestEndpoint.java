package dev.natsboot.service;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.natsboot.core.NatsSubjects;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A request handler and where it is to be reached: one endpoint of a NATS service
 * (ADR-32). Immutable.
 */
public final class RequestEndpoint {

	/**
	 * The queue group that ADR-32 prescribes where none is chosen, so that services
	 * written in other languages share the load with this one.
	 */
	public static final String DEFAULT_QUEUE = "q";

	private final String id;

	private final String name;

	private final String subject;

	private final @Nullable String queue;

	private final @Nullable String service;

	private final @Nullable String version;

	private final @Nullable String description;

	private final Map<String, String> metadata;

	private final int concurrency;

	private final boolean autoStartup;

	private final RequestHandler handler;

	private RequestEndpoint(Builder builder, RequestHandler handler) {
		this.id = builder.id;
		this.name = (builder.name != null) ? builder.name : builder.id.replaceAll("[^A-Za-z0-9_-]", "-");
		this.subject = builder.subject;
		this.queue = builder.queue;
		this.service = builder.service;
		this.version = builder.version;
		this.description = builder.description;
		this.metadata = Map.copyOf(builder.metadata);
		this.concurrency = builder.concurrency;
		this.autoStartup = builder.autoStartup;
		this.handler = handler;
	}

	/**
	 * Begin to describe an endpoint.
	 * @param id the id, unique in the application
	 * @param subject where requests are sent to; wildcards are allowed
	 * @return a builder
	 */
	public static Builder of(String id, String subject) {
		return new Builder(id, subject);
	}

	/**
	 * The id, unique in the application.
	 * @return the id
	 */
	public String id() {
		return this.id;
	}

	/**
	 * The endpoint's name within its service.
	 * @return the name, of letters, digits, dashes and underscores
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Where requests are sent to.
	 * @return the subject
	 */
	public String subject() {
		return this.subject;
	}

	/**
	 * The queue group that shares the requests.
	 * @return the queue group, or {@code null} when every instance answers every request
	 */
	public @Nullable String queue() {
		return this.queue;
	}

	/**
	 * The name of the service that the endpoint belongs to.
	 * @return the name, or {@code null} for the application's own service
	 */
	public @Nullable String service() {
		return this.service;
	}

	/**
	 * The version of the service that the endpoint belongs to.
	 * @return a semantic version, or {@code null} for that of the application's own
	 * service
	 */
	public @Nullable String version() {
		return this.version;
	}

	/**
	 * What the endpoint does, for people.
	 * @return the description, or {@code null} when there is none
	 */
	public @Nullable String description() {
		return this.description;
	}

	/**
	 * What is shown with the endpoint in the service's information.
	 * @return names and values, possibly none
	 */
	public Map<String, String> metadata() {
		return this.metadata;
	}

	/**
	 * How many requests are handled at a time.
	 * @return a number of at least 1
	 */
	public int concurrency() {
		return this.concurrency;
	}

	/**
	 * Whether the endpoint starts with the application.
	 * @return {@code false} when it is started by hand
	 */
	public boolean autoStartup() {
		return this.autoStartup;
	}

	/**
	 * What answers the requests.
	 * @return the handler
	 */
	public RequestHandler handler() {
		return this.handler;
	}

	@Override
	public String toString() {
		return "request handler '" + this.id + "' on subject '" + this.subject + "'";
	}

	/**
	 * Describes a {@link RequestEndpoint}.
	 */
	public static final class Builder {

		private final String id;

		private final String subject;

		private @Nullable String name;

		private @Nullable String queue = DEFAULT_QUEUE;

		private @Nullable String service;

		private @Nullable String version;

		private @Nullable String description;

		private final Map<String, String> metadata = new LinkedHashMap<>();

		private int concurrency = 1;

		private boolean autoStartup = true;

		private Builder(String id, String subject) {
			Assert.hasText(id, "A request handler needs an id, for example 'greeter'");
			Assert.hasText(subject, () -> "Request handler '" + id
					+ "' needs a subject, for example @NatsRequestHandler(\"greeter.greet\")");
			this.id = id;
			this.subject = NatsSubjects.requireSubscribable(subject);
		}

		/**
		 * Choose the endpoint's name within its service. Made from the id when not
		 * chosen.
		 * @param name letters, digits, dashes and underscores
		 * @return this builder
		 */
		public Builder name(String name) {
			this.name = ServiceNames.requireName(name, "Endpoint name of request handler '" + this.id + "'");
			return this;
		}

		/**
		 * Choose the queue group.
		 * @param queue the queue group
		 * @return this builder
		 */
		public Builder queue(String queue) {
			Assert.isTrue(NatsSubjects.isQueueGroup(queue),
					() -> "Queue group '" + queue + "' of request handler '" + this.id
							+ "' must be printable ASCII without blanks, * and >, with single dots only between "
							+ "others, for example queue = \"greeters\"");
			this.queue = queue;
			return this;
		}

		/**
		 * Have no queue group: every instance answers every request.
		 * @return this builder
		 */
		public Builder withoutQueue() {
			this.queue = null;
			return this;
		}

		/**
		 * Choose the service that the endpoint belongs to.
		 * @param service letters, digits, dashes and underscores; {@code null} for the
		 * application's own
		 * @return this builder
		 */
		public Builder service(@Nullable String service) {
			this.service = (service != null)
					? ServiceNames.requireName(service, "Service name of request handler '" + this.id + "'") : null;
			return this;
		}

		/**
		 * Choose the version of the service that the endpoint belongs to.
		 * @param version a semantic version; {@code null} for that of the application's
		 * own service
		 * @return this builder
		 */
		public Builder version(@Nullable String version) {
			this.version = (version != null)
					? ServiceNames.requireVersion(version, "Service version of request handler '" + this.id + "'")
					: null;
			return this;
		}

		/**
		 * Say what the endpoint does, for people.
		 * @param description the description, or {@code null} for none
		 * @return this builder
		 */
		public Builder description(@Nullable String description) {
			this.description = description;
			return this;
		}

		/**
		 * Show something with the endpoint in the service's information.
		 * @param name the name
		 * @param value the value
		 * @return this builder
		 */
		public Builder metadata(String name, String value) {
			this.metadata.put(name, value);
			return this;
		}

		/**
		 * Choose how many requests are handled at a time.
		 * @param concurrency a number of at least 1, which is the default
		 * @return this builder
		 */
		public Builder concurrency(int concurrency) {
			Assert.isTrue(concurrency > 0, () -> "Concurrency " + concurrency + " of request handler '" + this.id
					+ "' must be at least 1, for example concurrency = \"4\"");
			this.concurrency = concurrency;
			return this;
		}

		/**
		 * Choose whether the endpoint starts with the application.
		 * @param autoStartup {@code false} to start it by hand
		 * @return this builder
		 */
		public Builder autoStartup(boolean autoStartup) {
			this.autoStartup = autoStartup;
			return this;
		}

		/**
		 * Make the endpoint.
		 * @param handler what answers the requests
		 * @return the endpoint
		 */
		public RequestEndpoint handledBy(RequestHandler handler) {
			Assert.notNull(handler, "A request endpoint needs a handler");
			return new RequestEndpoint(this, handler);
		}

	}

}
