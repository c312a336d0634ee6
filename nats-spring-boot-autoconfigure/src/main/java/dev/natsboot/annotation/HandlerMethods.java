package dev.natsboot.annotation;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

import dev.natsboot.convert.PayloadReader;
import dev.natsboot.listener.Acknowledgment;
import dev.natsboot.listener.BatchAcknowledgment;
import dev.natsboot.listener.BatchMessageListener.Batch;
import dev.natsboot.listener.Delivery;
import dev.natsboot.listener.EndpointListener;
import dev.natsboot.service.RequestHandler;
import io.nats.client.Message;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.util.Assert;

/**
 * Turns methods into listeners and request handlers.
 */
final class HandlerMethods {

	private static final String ALLOWED = "A handler method may have one payload (annotate it with @Payload when there "
			+ "are several candidates), @Header and @Headers parameters, NatsMessageHeaders, io.nats.client.Message, "
			+ "org.springframework.messaging.Message, Acknowledgment (ackMode = \"manual\"), and for batches a List "
			+ "with a BatchAcknowledgment";

	private final ArgumentPlanner planner;

	HandlerMethods(ArgumentPlanner planner) {
		this.planner = planner;
	}

	/**
	 * Plan a listener.
	 * @param batches whether a list parameter means a batch
	 * @param manual whether an acknowledgement parameter is allowed
	 */
	EndpointListener listener(HandlerMethod handler, boolean batches, boolean manual) {
		Method method = handler.getMethod();
		List<MethodParameter> parameters = handler.parameters();
		parameters.forEach((parameter) -> checkAcknowledgment(parameter, manual));
		MethodParameter list = batches ? batchParameter(parameters) : null;
		HandlerInvoker invoker = handler.invoker();
		if (list == null) {
			return new MethodMessageListener(invoker, arguments(parameters), AsyncResults.adapter(method),
					AsyncResults.hasValue(method));
		}
		ResolvableType element = ResolvableType.forMethodParameter(list).getGeneric(0);
		return new MethodBatchListener(invoker, this.planner.plan(list, element), batchArguments(parameters, list),
				AsyncResults.adapter(method), HandlerTransaction.undoneBy(method, handler.beanType()));
	}

	/**
	 * Reads what a listener's method gets as its payload.
	 * @param batches whether a list parameter means a batch
	 * @return the reader, or {@code null} when the method gets no payload
	 */
	@Nullable PayloadReader payloadReader(HandlerMethod handler, boolean batches) {
		List<MethodParameter> parameters = handler.parameters();
		MethodParameter list = batches ? batchParameter(parameters) : null;
		if (list != null) {
			return this.planner.payloadReader(list, ResolvableType.forMethodParameter(list).getGeneric(0));
		}
		return parameters.stream()
			.map((parameter) -> this.planner.payloadReader(parameter, ResolvableType.forMethodParameter(parameter)))
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	RequestHandler requestHandler(HandlerMethod handler) {
		List<MethodParameter> parameters = handler.parameters();
		parameters.forEach((parameter) -> checkAcknowledgment(parameter, false));
		HandlerArgument[] arguments = arguments(parameters);
		HandlerInvoker invoker = handler.invoker();
		return (request) -> invoker.invoke(values(arguments, request));
	}

	private static @Nullable Object[] values(HandlerArgument[] arguments, Message request) throws Exception {
		@Nullable Object[] values = new Object[arguments.length];
		for (int i = 0; i < values.length; i++) {
			values[i] = arguments[i].resolve(request, null);
		}
		return values;
	}

	private HandlerArgument[] arguments(List<MethodParameter> parameters) {
		parameters.forEach(HandlerMethods::checkBatchAcknowledgment);
		requireOnePayload(parameters);
		return parameters.stream()
			.map((parameter) -> this.planner.plan(parameter, ResolvableType.forMethodParameter(parameter)))
			.toArray(HandlerArgument[]::new);
	}

	private void requireOnePayload(List<MethodParameter> parameters) {
		List<MethodParameter> payloads = parameters.stream()
			.filter((parameter) -> !this.planner.isSpecial(parameter, ResolvableType.forMethodParameter(parameter)))
			.toList();
		if (payloads.size() > 1) {
			throw unsupported(payloads.stream()
				.filter((parameter) -> !parameter.hasParameterAnnotation(Payload.class))
				.reduce((first, last) -> last)
				.orElse(payloads.get(1)), "is one of several that could be the payload");
		}
		payloads.forEach(HandlerMethods::checkPayload);
	}

	/**
	 * No message can be read as a connection, a stream or the like.
	 */
	private static void checkPayload(MethodParameter parameter) {
		Class<?> type = parameter.getParameterType();
		if (AutoCloseable.class.isAssignableFrom(type) || type.getPackageName().startsWith("io.nats.client")
				|| type == Delivery.class) {
			throw unsupported(parameter, "can't be a payload");
		}
	}

	private static @Nullable MethodParameter batchParameter(List<MethodParameter> parameters) {
		return parameters.stream()
			.filter((parameter) -> List.class == parameter.getParameterType()
					&& !parameter.hasParameterAnnotation(Payload.class) && !isHeader(parameter))
			.findFirst()
			.orElse(null);
	}

	private static boolean isHeader(MethodParameter parameter) {
		return parameter.hasParameterAnnotation(org.springframework.messaging.handler.annotation.Header.class)
				|| parameter.hasParameterAnnotation(org.springframework.messaging.handler.annotation.Headers.class);
	}

	@SuppressWarnings("unchecked")
	private static Function<Batch, Object>[] batchArguments(List<MethodParameter> parameters, MethodParameter list) {
		return parameters.stream().map((parameter) -> batchArgument(parameter, list)).toArray(Function[]::new);
	}

	private static Function<Batch, Object> batchArgument(MethodParameter parameter, MethodParameter list) {
		if (parameter == list) {
			return Batch::elements;
		}
		if (parameter.getParameterType() == BatchAcknowledgment.class) {
			return Batch::acknowledgment;
		}
		throw unsupported(parameter, "can't be built for a batch");
	}

	private static void checkAcknowledgment(MethodParameter parameter, boolean manual) {
		if (!manual && parameter.getParameterType() == Acknowledgment.class) {
			throw unsupported(parameter, "needs a JetStream listener with ackMode = \"manual\"");
		}
	}

	private static void checkBatchAcknowledgment(MethodParameter parameter) {
		if (parameter.getParameterType() == BatchAcknowledgment.class) {
			throw unsupported(parameter, "needs a JetStream listener with a List parameter");
		}
	}

	private static IllegalStateException unsupported(MethodParameter parameter, String why) {
		Assert.state(parameter.getMethod() != null, "Not a method's parameter");
		return new IllegalStateException(
				"Parameter " + parameter.getParameterIndex() + " (" + parameter.getGenericParameterType().getTypeName()
						+ ") of method " + parameter.getMethod().toGenericString() + " " + why + ". " + ALLOWED);
	}

}
