package dev.natsboot.actuate;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.natsboot.core.EndpointState;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Answer of {@code GET /actuator/nats}. Contains no credentials.
 *
 * @param connections the connections by the name of their manager
 * @param listeners the listeners by id
 * @param requestHandlers the request handlers by id
 * @param services the service instances that the request handlers form
 * @param discovered the service instances that answered, empty when nobody did;
 * {@code null} when they weren't asked for or NATS can't be reached
 * @param topology what is declared, or {@code null} when nothing is
 * @param streams the streams that are declared or listened to, by connection and name
 * @param consumers the durable consumers that are declared or listened to, by connection,
 * stream and name
 * @param deadLetters the number of messages in the streams that store the dead letters of
 * the listeners, by connection and name; those that are known in time
 */
public record NatsDescriptor(Map<String, Connection> connections, Map<String, Listener> listeners,
		Map<String, RequestHandler> requestHandlers, List<Service> services, @Nullable List<Service> discovered,
		@Nullable Topology topology, Map<String, Stream> streams, Map<String, Consumer> consumers,
		Map<String, Long> deadLetters) implements OperationResponseBody {

	/**
	 * A connection.
	 *
	 * @param status what it is doing
	 * @param since when that began
	 * @param url the server that it is or was last connected to
	 * @param serverName the server's name
	 * @param serverVersion the server's version
	 * @param jetStream whether the server offers JetStream
	 * @param lastError the last failure, or {@code null}
	 * @param attempts how many attempts to connect have failed in a row
	 * @param connects how many connections were made since the application started
	 * @param reconnects how often the client has reconnected
	 */
	public record Connection(String status, Instant since, @Nullable String url, @Nullable String serverName,
			@Nullable String serverVersion, boolean jetStream, @Nullable String lastError, int attempts, long connects,
			long reconnects) {
	}

	/**
	 * A listener.
	 *
	 * @param state what it is doing
	 * @param connection the name of its connection
	 * @param subjects what it listens to
	 * @param queue the queue group of a core subscription
	 * @param stream the stream, or {@code null} for a core subscription
	 * @param consumer the durable consumer, or {@code null} for an ephemeral one
	 * @param consumerType how messages come from the stream, or {@code null} for a core
	 * subscription
	 * @param concurrency how many messages are handled at the same time
	 * @param differences how the durable consumer differs from what the listener
	 * declares, as far as that is tolerated
	 */
	public record Listener(EndpointState state, String connection, List<String> subjects, @Nullable String queue,
			@Nullable String stream, @Nullable String consumer, @Nullable String consumerType, int concurrency,
			List<String> differences) implements OperationResponseBody {
	}

	/**
	 * A request handler.
	 *
	 * @param state what it is doing
	 * @param connection the name of its connection
	 * @param subject where it is reached
	 * @param queue the queue group
	 * @param service the service that it belongs to
	 * @param version the service's version
	 * @param instance the id of the service's instance
	 */
	public record RequestHandler(EndpointState state, String connection, String subject, @Nullable String queue,
			String service, String version, String instance) implements OperationResponseBody {
	}

	/**
	 * An instance of a service.
	 *
	 * @param name the service's name
	 * @param version the service's version
	 * @param id the instance's id
	 * @param endpoints the subjects of its endpoints by name
	 */
	public record Service(String name, String version, String id, Map<String, String> endpoints) {
	}

	/**
	 * What is declared.
	 *
	 * @param state whether everything is as declared
	 * @param connection the name of the connection that it is provisioned on
	 * @param differences the differences that are tolerated
	 */
	public record Topology(EndpointState state, String connection, List<String> differences) {
	}

	/**
	 * A stream.
	 *
	 * @param subjects its subjects
	 * @param messages how many messages it has
	 * @param bytes how many bytes they have
	 * @param firstSequence the sequence of its first message
	 * @param lastSequence the sequence of its last message
	 * @param consumers how many consumers it has
	 * @param error why nothing is known about it, or {@code null}
	 */
	public record Stream(List<String> subjects, @Nullable Long messages, @Nullable Long bytes,
			@Nullable Long firstSequence, @Nullable Long lastSequence, @Nullable Long consumers,
			@Nullable String error) {
	}

	/**
	 * A consumer.
	 *
	 * @param pending how many messages it has not delivered yet
	 * @param ackPending how many messages are delivered and not acknowledged yet
	 * @param redelivered how many messages were delivered more than once and are not
	 * acknowledged yet
	 * @param waiting how many pull requests wait for messages
	 * @param error why nothing is known about it, or {@code null}
	 */
	public record Consumer(@Nullable Long pending, @Nullable Long ackPending, @Nullable Long redelivered,
			@Nullable Long waiting, @Nullable String error) {
	}

}
