package dev.natsboot.annotation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.natsboot.core.NatsSubjects;
import dev.natsboot.listener.AckMode;
import dev.natsboot.listener.BatchMessageListener;
import dev.natsboot.listener.ConsumerType;
import dev.natsboot.listener.EndpointListener;
import dev.natsboot.listener.ListenerErrorHandler;
import dev.natsboot.listener.RetryDelays;
import dev.natsboot.listener.MessageExpression;
import dev.natsboot.listener.MessageFilter;
import dev.natsboot.listener.NatsListenerEndpoint;
import dev.natsboot.listener.NatsListenerEndpointBuilder;
import io.nats.client.api.DeliverPolicy;
import org.jspecify.annotations.Nullable;

import org.springframework.messaging.handler.annotation.SendTo;
import org.springframework.util.Assert;

/**
 * Makes listener endpoints of annotated methods: annotation before properties before
 * defaults.
 */
final class ListenerEndpoints {

	private static final String NO_SUBJECT = "none";

	private final AttributeResolver attributes;

	private final NatsListenerDefaults defaults;

	private final HandlerMethods methods;

	private final IdempotencyAttributes idempotency;

	private final ConsumerTypes consumerTypes;

	ListenerEndpoints(AttributeResolver attributes, NatsListenerDefaults defaults, HandlerMethods methods) {
		this.attributes = attributes;
		this.defaults = defaults;
		this.methods = methods;
		this.idempotency = new IdempotencyAttributes(attributes, methods);
		this.consumerTypes = new ConsumerTypes(attributes);
	}

	NatsListenerEndpoint create(NatsListener annotation, HandlerMethod handler, String defaultId) {
		String stream = this.attributes.text(annotation.stream());
		String consumer = this.attributes.text(annotation.consumer());
		String queue = this.attributes.text(annotation.queue());
		checkTarget(queue, stream, consumer);
		ConsumerType consumerType = this.consumerTypes.resolve(annotation, stream);
		AckMode ackMode = or(this.attributes.constant("ackMode", annotation.ackMode(), AckMode.class, "manual"),
				(consumerType == ConsumerType.ORDERED) ? AckMode.NONE : this.defaults.ackMode());
		EndpointListener listener = this.methods.listener(handler, stream != null,
				stream != null && ackMode == AckMode.MANUAL);
		String replySubject = replySubject(handler);
		Assert.state(replySubject == null || !(listener instanceof BatchMessageListener),
				() -> "@SendTo(\"" + replySubject + "\") has no effect on a method that takes batches: publish with a "
						+ "JetStreamTemplate instead");
		checkBatch(annotation, listener);
		String id = or(this.attributes.text(annotation.id()), defaultId);
		List<String> subjects = this.attributes.texts(annotation.subjects());
		subjects.forEach(NatsSubjects::requireSubscribable);
		NatsListenerEndpointBuilder builder = NatsListenerEndpoint.builder(id, listener)
			.subjects(subjects)
			.queue(queue)
			.stream(stream)
			.consumer(consumer)
			.consumerType(consumerType)
			.ackMode(ackMode)
			.idempotence(this.idempotency.read(annotation, handler))
			.replySubject(replySubject);
		handling(builder, annotation, consumerType);
		failures(builder, id, annotation);
		position(builder, annotation);
		return builder.build();
	}

	private void handling(NatsListenerEndpointBuilder builder, NatsListener annotation, ConsumerType consumerType) {
		int workers = (consumerType == ConsumerType.ORDERED) ? 1 : this.defaults.concurrency();
		builder.concurrency(integer("concurrency", annotation.concurrency(), "4", workers))
			.orderBy(orderBy(annotation))
			.ackSyncTimeout(or(this.attributes.duration("ackSyncTimeout", annotation.ackSyncTimeout(), "2s"),
					this.defaults.ackSyncTimeout()))
			.ackWait(or(this.attributes.duration("ackWait", annotation.ackWait(), "30s"), this.defaults.ackWait()))
			.maxAckPending(or(this.attributes.number("maxAckPending", annotation.maxAckPending(), "1000"),
					this.defaults.maxAckPending()))
			.batchSize(integer("batchSize", annotation.batchSize(), "500", this.defaults.batchSize()))
			.batchLinger(or(this.attributes.duration("batchLinger", annotation.batchLinger(), "10ms"),
					this.defaults.batchLinger()))
			.filter(or(this.attributes.bean("filter", annotation.filter(), MessageFilter.class), MessageFilter.ALL))
			.autoStartup(
					or(this.attributes.flag("autoStartup", annotation.autoStartup()), this.defaults.autoStartup()));
	}

	private void failures(NatsListenerEndpointBuilder builder, String id, NatsListener annotation) {
		builder.maxDeliver(integer("maxDeliver", annotation.maxDeliver(), "5", this.defaults.maxDeliver()))
			.backoff(delays(id, annotation))
			.deadLetterSubject(deadLetterSubject(annotation))
			.errorHandler(
					or(this.attributes.bean("errorHandler", annotation.errorHandler(), ListenerErrorHandler.class),
							this.defaults.errorHandler()));
	}

	private @Nullable String deadLetterSubject(NatsListener annotation) {
		String subject = this.attributes.text(annotation.deadLetterSubject());
		if (NO_SUBJECT.equals(subject)) {
			return null;
		}
		return or(subject, this.defaults.deadLetterSubject());
	}

	private @Nullable MessageExpression orderBy(NatsListener annotation) {
		String example = "subject[2]";
		String expression = this.attributes.expression("orderBy", annotation.orderBy(), example);
		return (expression != null) ? MessageExpression.parse("orderBy", expression, example, null) : null;
	}

	private RetryDelays delays(String id, NatsListener annotation) {
		RetryDelays otherwise = this.defaults.backoff();
		List<Duration> first = this.attributes.durations("backoff", annotation.backoff(), "1s,5s,10s");
		Double multiplier = this.attributes.decimal("backoffMultiplier", annotation.backoffMultiplier(), "2");
		Duration max = this.attributes.duration("backoffMax", annotation.backoffMax(), "1m");
		Double jitter = this.attributes.decimal("backoffJitter", annotation.backoffJitter(), "0.2");
		try {
			return new RetryDelays(or(first, otherwise.first()), or(multiplier, otherwise.multiplier()),
					or(max, otherwise.max()), or(jitter, otherwise.jitter()));
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("Listener '" + id + "': " + ex.getMessage(), ex);
		}
	}

	private void position(NatsListenerEndpointBuilder builder, NatsListener annotation) {
		Long sequence = this.attributes.number("startSequence", annotation.startSequence(), "1");
		Instant time = this.attributes.instant("startTime", annotation.startTime(), "2026-01-31T12:00:00Z");
		DeliverPolicy policy = this.attributes.constant("deliverPolicy", annotation.deliverPolicy(),
				DeliverPolicy.class, "new");
		if (policy == null && sequence != null) {
			policy = DeliverPolicy.ByStartSequence;
		}
		if (policy == null && time != null) {
			policy = DeliverPolicy.ByStartTime;
		}
		checkStart(policy, DeliverPolicy.ByStartSequence, sequence, "startSequence = \"1\"");
		checkStart(policy, DeliverPolicy.ByStartTime, time, "startTime = \"2026-01-31T12:00:00Z\"");
		builder.deliverPolicy(policy).startSequence(sequence).startTime(time);
	}

	private static void checkStart(@Nullable DeliverPolicy policy, DeliverPolicy needed, @Nullable Object start,
			String example) {
		Assert.state((policy == needed) == (start != null),
				() -> "'deliverPolicy' is " + ((policy != null) ? AttributeResolver.written(policy) : "not set")
						+ ", but " + ((start != null) ? "the start is set to " + start : "no start is set")
						+ ": use deliverPolicy = \"" + AttributeResolver.written(needed)
						+ "\" together with, for example, " + example);
	}

	private void checkBatch(NatsListener annotation, EndpointListener listener) {
		String size = this.attributes.text(annotation.batchSize());
		String linger = this.attributes.text(annotation.batchLinger());
		Assert.state(listener instanceof BatchMessageListener || (size == null && linger == null),
				() -> ((size != null) ? "'batchSize' is '" + size : "'batchLinger' is '" + linger)
						+ "', but the method takes one message at a time: let it take a batch, for example "
						+ "List<Order> orders");
	}

	private static void checkTarget(@Nullable String queue, @Nullable String stream, @Nullable String consumer) {
		Assert.state(stream != null || consumer == null, () -> "'consumer' is '" + consumer
				+ "', but a consumer needs a stream: set 'stream', for example stream = \"ORDERS\"");
		Assert.state(stream == null || queue == null, () -> "'queue' is '" + queue
				+ "', but with a stream instances share the messages by sharing a consumer: set 'consumer' instead, "
				+ "for example consumer = \"" + queue + "\"");
	}

	private @Nullable String replySubject(HandlerMethod handler) {
		SendTo sendTo = handler.getMethodAnnotation(SendTo.class);
		if (sendTo == null) {
			return null;
		}
		List<String> subjects = this.attributes.texts(sendTo.value());
		Assert.state(subjects.size() == 1, () -> "@SendTo on " + handler + " names " + subjects
				+ ", but needs exactly one subject, for example @SendTo(\"orders.checked\")");
		return NatsSubjects.requirePublishable(subjects.get(0));
	}

	private int integer(String name, String attribute, String example, int otherwise) {
		Long value = this.attributes.number(name, attribute, example);
		return (value != null) ? Math.toIntExact(value) : otherwise;
	}

	private static <T extends @Nullable Object> T or(@Nullable T value, T otherwise) {
		return (value != null) ? value : otherwise;
	}

}
