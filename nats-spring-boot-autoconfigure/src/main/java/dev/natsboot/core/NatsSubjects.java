package dev.natsboot.core;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The rules for subjects. NATS itself loses a message to a malformed subject without a
 * word, so what is asked of a server is checked here first.
 */
public final class NatsSubjects {

	private static final String EXAMPLE = "for example 'orders.created.v1'";

	private static final Pattern QUEUE_GROUP = Pattern.compile("[!-~&&[^.*>]]+(\\.[!-~&&[^.*>]]+)*");

	private NatsSubjects() {
	}

	/**
	 * Check a subject to publish to: tokens of printable ASCII without blanks, separated
	 * by single dots, and no wildcards.
	 * @param subject the subject
	 * @return the same subject
	 * @throws IllegalArgumentException when nothing can be published to it; names the
	 * subject and the rule
	 */
	public static String requirePublishable(String subject) {
		require(subject, "publish to", false);
		return subject;
	}

	/**
	 * Check a subject to subscribe to: as for publishing, but {@code *} may stand for one
	 * token, and {@code >} at the end for one or more.
	 * @param subject the subject
	 * @return the same subject
	 * @throws IllegalArgumentException when nothing can be received from it; names the
	 * subject and the rule
	 */
	public static String requireSubscribable(String subject) {
		require(subject, "subscribe to", true);
		return subject;
	}

	/**
	 * Whether the NATS client takes a name for a queue group: tokens of printable ASCII
	 * without blanks, separated by single dots, with no {@code *} and {@code >} in them.
	 * The server takes any name.
	 * @param name the name
	 * @return {@code false} when nothing can be subscribed to with it
	 */
	public static boolean isQueueGroup(String name) {
		return QUEUE_GROUP.matcher(name).matches();
	}

	/**
	 * Whether a subject has wildcards.
	 * @param subject a subject that can be subscribed to
	 * @return {@code true} when a token is {@code *} or {@code >}
	 */
	public static boolean hasWildcards(String subject) {
		int start = 0;
		for (int i = 0; i <= subject.length(); i++) {
			if (i == subject.length() || subject.charAt(i) == '.') {
				if (isWildcard(subject, start, i)) {
					return true;
				}
				start = i + 1;
			}
		}
		return false;
	}

	/**
	 * Whether a subject is one of those that a pattern stands for.
	 * @param pattern a subject, possibly with wildcards
	 * @param subject a subject without wildcards
	 * @return {@code true} when a subscription to the pattern receives the subject
	 */
	public static boolean matches(String pattern, String subject) {
		String[] expected = pattern.split("\\.", -1);
		String[] actual = subject.split("\\.", -1);
		for (int i = 0; i < expected.length; i++) {
			if (expected[i].equals(">")) {
				return actual.length > i;
			}
			if (i >= actual.length || !(expected[i].equals("*") || expected[i].equals(actual[i]))) {
				return false;
			}
		}
		return expected.length == actual.length;
	}

	private static void require(String subject, String what, boolean wildcards) {
		int length = subject.length();
		int start = 0;
		for (int i = 0; i <= length; i++) {
			char character = (i < length) ? subject.charAt(i) : '.';
			if (character != '.') {
				requireCharacter(subject, what, character);
			}
			else {
				requireToken(subject, what, start, i, wildcards);
				start = i + 1;
			}
		}
	}

	private static void requireCharacter(String subject, String what, char character) {
		if (character <= ' ') {
			throw refuse(subject, what, "blanks and control characters are not allowed, " + EXAMPLE);
		}
		if (character >= 127) {
			throw refuse(subject, what, "only ASCII characters arrive unchanged, " + EXAMPLE);
		}
	}

	private static void requireToken(String subject, String what, int start, int end, boolean wildcards) {
		if (start == end) {
			throw refuse(subject, what,
					"it has an empty token: no dot at the beginning or the end and no two in a row, " + EXAMPLE);
		}
		if (!isWildcard(subject, start, end)) {
			return;
		}
		if (!wildcards) {
			throw refuse(subject, what, "wildcards are for subscribing, " + EXAMPLE);
		}
		if (subject.charAt(start) == '>' && end != subject.length()) {
			throw refuse(subject, what, "'>' stands at the end only, for example 'orders.>'");
		}
	}

	private static boolean isWildcard(String subject, int start, int end) {
		return end - start == 1 && (subject.charAt(start) == '*' || subject.charAt(start) == '>');
	}

	private static IllegalArgumentException refuse(String subject, String what, String rule) {
		return new IllegalArgumentException("Can't " + what + " subject '" + printable(subject) + "': " + rule);
	}

	private static String printable(String subject) {
		StringBuilder text = new StringBuilder(subject.length());
		subject.chars().forEach((c) -> {
			if (c < ' ' || c == 127) {
				text.append("\\u").append(String.format(Locale.ROOT, "%04x", c));
			}
			else {
				text.append((char) c);
			}
		});
		return text.toString();
	}

}
