package dev.natsboot.listener;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The subjects that the dead letters of a listener may have.
 */
public final class DeadLetterSubjects {

	private DeadLetterSubjects() {
	}

	/**
	 * All subjects of the dead letters of a listener.
	 * @param endpoint the listener
	 * @return a subject, with wildcards for what differs from message to message, or
	 * {@code null} when the listener has no dead-letter subject
	 */
	public static @Nullable String pattern(NatsListenerEndpoint endpoint) {
		String template = endpoint.deadLetterSubject();
		return (template != null) ? pattern(template, endpoint, ">") : null;
	}

	/**
	 * The same for each of the subjects that the listener listens to.
	 */
	static List<String> patterns(String template, NatsListenerEndpoint endpoint) {
		List<String> subjects = endpoint.subjects().isEmpty() ? List.of(">") : endpoint.subjects();
		return subjects.stream().map((subject) -> pattern(template, endpoint, subject)).distinct().toList();
	}

	/**
	 * A wildcard is a whole token, and nothing follows the one for several.
	 */
	private static String pattern(String template, NatsListenerEndpoint endpoint, String subject) {
		StringBuilder pattern = new StringBuilder();
		for (String token : fill(template, endpoint, subject).split("\\.")) {
			if (token.contains(">")) {
				return pattern.append('>').toString();
			}
			pattern.append(token.contains("*") ? "*" : token).append('.');
		}
		return pattern.substring(0, pattern.length() - 1);
	}

	private static String fill(String template, NatsListenerEndpoint endpoint, String subject) {
		return template.replace("{stream}", (endpoint.stream() != null) ? endpoint.stream() : "*")
			.replace("{consumer}", (endpoint.consumer() != null) ? endpoint.consumer() : "*")
			.replace("{subject}", subject)
			.replace("{listener}", endpoint.id())
			.replace("{sequence}", "*");
	}

}
