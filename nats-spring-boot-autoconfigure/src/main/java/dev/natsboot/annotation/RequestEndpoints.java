package dev.natsboot.annotation;

import dev.natsboot.service.RequestEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * Makes request endpoints of annotated methods.
 */
final class RequestEndpoints {

	private final AttributeResolver attributes;

	private final HandlerMethods methods;

	RequestEndpoints(AttributeResolver attributes, HandlerMethods methods) {
		this.attributes = attributes;
		this.methods = methods;
	}

	RequestEndpoint create(NatsRequestHandler annotation, HandlerMethod handler, String defaultId) {
		String id = or(this.attributes.text(annotation.id()), defaultId);
		RequestEndpoint.Builder builder = RequestEndpoint.of(id, or(this.attributes.text(annotation.subject()), ""))
			.service(this.attributes.text(annotation.service()))
			.version(this.attributes.text(annotation.version()))
			.description(this.attributes.text(annotation.description()));
		String queue = this.attributes.text(annotation.queue());
		if (queue != null) {
			builder.queue(queue);
		}
		Long concurrency = this.attributes.number("concurrency", annotation.concurrency(), "4");
		if (concurrency != null) {
			builder.concurrency(Math.toIntExact(concurrency));
		}
		Boolean autoStartup = this.attributes.flag("autoStartup", annotation.autoStartup());
		if (autoStartup != null) {
			builder.autoStartup(autoStartup);
		}
		return builder.handledBy(this.methods.requestHandler(handler));
	}

	private static String or(@Nullable String value, String otherwise) {
		return (value != null) ? value : otherwise;
	}

}
