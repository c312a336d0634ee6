package dev.natsboot.observation;

import java.util.List;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Starts the observations of this library. With a registry that observes nothing all
 * methods answer {@link Observation#NOOP} without making anything.
 */
public final class NatsObservations {

	/**
	 * Observes nothing.
	 */
	public static final NatsObservations NONE = new NatsObservations(ObservationRegistry.NOOP,
			new SubjectTags(0, List.of()));

	private final ObservationRegistry registry;

	private final SubjectTags tags;

	private final NatsPublishObservationConvention publishDefault = new DeferredConventions.Publish();

	private final NatsRequestObservationConvention requestDefault = new DeferredConventions.Request();

	private final NatsProcessObservationConvention processDefault = new DeferredConventions.Process();

	private @Nullable NatsPublishObservationConvention publishConvention;

	private @Nullable NatsRequestObservationConvention requestConvention;

	private @Nullable NatsProcessObservationConvention processConvention;

	/**
	 * Create observations.
	 * @param registry where observations are made
	 * @param tags names subjects
	 */
	public NatsObservations(ObservationRegistry registry, SubjectTags tags) {
		this.registry = registry;
		this.tags = tags;
	}

	/**
	 * How publishing is named. {@link DefaultNatsPublishObservationConvention} unless
	 * set.
	 * @param convention the convention
	 */
	public void setPublishConvention(NatsPublishObservationConvention convention) {
		this.publishConvention = convention;
	}

	/**
	 * How requests are named. {@link DefaultNatsRequestObservationConvention} unless set.
	 * @param convention the convention
	 */
	public void setRequestConvention(NatsRequestObservationConvention convention) {
		this.requestConvention = convention;
	}

	/**
	 * How handling a message is named. {@link DefaultNatsProcessObservationConvention}
	 * unless set.
	 * @param convention the convention
	 */
	public void setProcessConvention(NatsProcessObservationConvention convention) {
		this.processConvention = convention;
	}

	/**
	 * Whether nothing is observed.
	 * @return {@code true} when all observations are {@link Observation#NOOP}
	 */
	public boolean isNoop() {
		return this.registry.isNoop();
	}

	/**
	 * Start to observe that a message is published. Call it on the caller's thread, whose
	 * trace is continued, and before the headers are sent: it adds the trace to them.
	 * @param subject the subject
	 * @param headers the headers to add the trace to; {@code Nats-Msg-Id} among them is
	 * recorded. May be {@code null} when nothing is observed
	 * @param bodySize the length of the payload in bytes
	 * @return the running observation, for the caller to stop
	 */
	public Observation publish(String subject, @Nullable Headers headers, int bodySize) {
		if (headers == null || this.registry.isNoop()) {
			return Observation.NOOP;
		}
		return NatsObservation.PUBLISH
			.observation(this.publishConvention, this.publishDefault,
					() -> new NatsPublishObservationContext(info(subject, headers, bodySize)), this.registry)
			.start();
	}

	/**
	 * Start to observe a request. Call it on the caller's thread, and before the headers
	 * are sent.
	 * @param subject the subject
	 * @param headers the headers to add the trace to; may be {@code null} when nothing is
	 * observed
	 * @param bodySize the length of the payload in bytes
	 * @return the running observation, for the caller to stop; its context is a
	 * {@link NatsRequestObservationContext} unless it is {@link Observation#NOOP}
	 */
	public Observation request(String subject, @Nullable Headers headers, int bodySize) {
		if (headers == null || this.registry.isNoop()) {
			return Observation.NOOP;
		}
		return NatsObservation.REQUEST
			.observation(this.requestConvention, this.requestDefault,
					() -> new NatsRequestObservationContext(info(subject, headers, bodySize)), this.registry)
			.start();
	}

	/**
	 * Start to observe that a message is handled; the trace of its publisher is
	 * continued. Open the scope around the handler, settling and dead-lettering included,
	 * and close it on the same thread; {@link Observation#error(Throwable)} and
	 * {@link Observation#stop()} may come later and on another thread, for a handler that
	 * answers with a future.
	 * @param endpoint the listener or request handler
	 * @param message the message as it was received
	 * @return the running observation, for the caller to stop
	 */
	public Observation process(ObservedEndpoint endpoint, Message message) {
		if (this.registry.isNoop()) {
			return Observation.NOOP;
		}
		return NatsObservation.PROCESS
			.observation(this.processConvention, this.processDefault,
					() -> new NatsProcessObservationContext(endpoint, message), this.registry)
			.start();
	}

	private OutgoingMessageInfo info(String subject, Headers headers, int bodySize) {
		return new OutgoingMessageInfo(subject, this.tags.tagOf(subject), headers.getFirst("Nats-Msg-Id"), bodySize,
				headers);
	}

}
