package dev.natsboot.service;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.nats.client.Connection;
import io.nats.client.Message;
import org.jspecify.annotations.Nullable;

/**
 * What a service tells about itself on {@code $SRV.PING}, {@code $SRV.INFO} and
 * {@code $SRV.STATS} (ADR-32).
 */
final class ServiceReports {

	static final String PREFIX = "$SRV.";

	static final String PING = "PING";

	static final String INFO = "INFO";

	static final String STATS = "STATS";

	private ServiceReports() {
	}

	/**
	 * Answer the questions that come for a service.
	 * @param service the service
	 * @param connection where they come
	 * @return the subscriptions
	 */
	static Intake answer(NatsService service, Connection connection) {
		Intake intake = new Intake(connection, (question) -> answer(service, question));
		ServiceInstance instance = service.instance();
		for (String verb : List.of(PING, INFO, STATS)) {
			intake.subscribe(subject(verb, null, null), null);
			intake.subscribe(subject(verb, instance.name(), null), null);
			intake.subscribe(subject(verb, instance.name(), instance.id()), null);
		}
		return intake;
	}

	static String subject(String verb, @Nullable String name, @Nullable String id) {
		return PREFIX + verb + ((name != null) ? "." + name : "") + ((id != null) ? "." + id : "");
	}

	private static void answer(NatsService service, Message question) {
		String replyTo = question.getReplyTo();
		if (replyTo != null) {
			question.getConnection().publish(replyTo, report(service, question.getSubject()));
		}
	}

	private static byte[] report(NatsService service, String subject) {
		if (subject.startsWith(PING, PREFIX.length())) {
			return ServiceJson.write(service.instance());
		}
		return subject.startsWith(INFO, PREFIX.length()) ? ServiceJson.write(service.info())
				: ServiceJson.write(service.stats());
	}

	static ServiceInfo info(NatsService service, ServiceSettings settings, List<ServiceContainer> containers) {
		List<RequestEndpoint> endpoints = containers.stream().map(ServiceContainer::getEndpoint).toList();
		return new ServiceInfo(service.instance(), description(service.instance(), settings, endpoints),
				endpoints.stream().map((endpoint) -> describe(service, endpoint)).toList());
	}

	private static @Nullable String description(ServiceInstance instance, ServiceSettings settings,
			List<RequestEndpoint> endpoints) {
		String own = instance.name().equals(settings.name()) ? settings.description() : null;
		return Stream.concat(Stream.ofNullable(own), endpoints.stream().map(RequestEndpoint::description))
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	private static ServiceInfo.Endpoint describe(NatsService service, RequestEndpoint endpoint) {
		Map<String, String> metadata = new LinkedHashMap<>(endpoint.metadata());
		if (endpoint.description() != null) {
			metadata.putIfAbsent("description", endpoint.description());
		}
		String instanceSubject = service.instanceSubject(endpoint);
		if (instanceSubject != null) {
			metadata.put(ServiceInfo.Endpoint.INSTANCE_SUBJECT, instanceSubject);
		}
		return new ServiceInfo.Endpoint(endpoint.name(), endpoint.subject(), endpoint.queue(), metadata);
	}

}
