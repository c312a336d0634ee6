package dev.natsboot.observation;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A listener or request handler, as observation contexts show it.
 *
 * @param id the endpoint's id
 * @param subjects the declared subjects, with wildcards
 * @param group the queue group or the JetStream consumer, or {@code null} when there is
 * none
 * @param stream the stream, or {@code null} for a core subscription
 * @param replies whether it answers requests: its spans are those of a server then, and
 * of a consumer otherwise
 */
public record ObservedEndpoint(String id, List<String> subjects, @Nullable String group, @Nullable String stream,
		boolean replies) {

	/**
	 * Create an endpoint.
	 * @param id the endpoint's id
	 * @param subjects the declared subjects, with wildcards
	 * @param group the queue group or the JetStream consumer, or {@code null}
	 * @param stream the stream, or {@code null}
	 * @param replies whether it answers requests
	 */
	public ObservedEndpoint {
		subjects = List.copyOf(subjects);
	}

}
