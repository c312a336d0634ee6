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
		if (template == null) {
			return null;
		}
		StringBuilder pattern = new StringBuilder();
		for (String token : template.split("\\.")) {
			if (token.contains("{subject}")) {
				return pattern.append('>').toString();
			}
			pattern.append(token(token, endpoint)).append('.');
		}
		return pattern.substring(0, pattern.length() - 1);
	}

	private static String token(String token, NatsListenerEndpoint endpoint) {
		boolean unknown = token.contains("{sequence}") || (endpoint.consumer() == null && token.contains("{consumer}"))
				|| (endpoint.stream() == null && token.contains("{stream}"));
		return unknown ? "*" : fill(token, endpoint, "x");
	}

	/**
	 * Subjects as dead letters of the listener may have them, one for each that it
	 * listens to.
	 */
	static List<String> examples(String template, NatsListenerEndpoint endpoint) {
		List<String> patterns = endpoint.subjects().isEmpty() ? List.of("x") : endpoint.subjects();
		return patterns.stream()
			.map((pattern) -> fill(template, endpoint, pattern.replace('*', 'x').replace('>', 'x')))
			.toList();
	}

	private static String fill(String template, NatsListenerEndpoint endpoint, String subject) {
		return template.replace("{stream}", String.valueOf(endpoint.stream()))
			.replace("{consumer}", (endpoint.consumer() != null) ? endpoint.consumer() : "x")
			.replace("{subject}", subject)
			.replace("{listener}", endpoint.id())
			.replace("{sequence}", "1");
	}

}
