package dev.natsboot.observation;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/**
 * Names subjects in tags, in a bounded number of ways: tokens that look like ids (numbers
 * and dates, UUID, ULID, NUID, long hexadecimal numbers) become {@code *}, inboxes and
 * the subjects of the server become one value each, and when there are too many different
 * values all further ones are {@value #OTHER}.
 */
public final class SubjectTags {

	/**
	 * The value for subjects beyond the bound.
	 */
	public static final String OTHER = "other";

	private static final String INBOX = "_INBOX.";

	private static final String NUMBER_OR_DATE = "[0-9][0-9_:-]*";

	private static final String UUID = "(?i:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})";

	private static final String HEXADECIMAL = "(?i:[0-9a-f]{16,})";

	private static final String ULID = "[0-7](?i:[0-9a-hjkmnp-tv-z]{25})";

	private static final String NUID = "(?=.*[A-Z])[0-9A-Za-z]{22}";

	private static final Pattern ID = Pattern.compile(String.join("|", NUMBER_OR_DATE, UUID, HEXADECIMAL, ULID, NUID));

	private final int max;

	private final List<String> inboxPrefixes;

	private final Set<String> known = ConcurrentHashMap.newKeySet();

	private final ReentrantLock growing = new ReentrantLock();

	/**
	 * Create names.
	 * @param max how many different values there may be, besides {@value #OTHER}
	 * @param inboxPrefixes the prefixes of inboxes besides {@code _INBOX.}, with the dot
	 * at the end
	 */
	public SubjectTags(int max, Collection<String> inboxPrefixes) {
		this.max = max;
		this.inboxPrefixes = List.copyOf(inboxPrefixes);
	}

	/**
	 * Name a subject. Costs one look-up for a subject that is its own name.
	 * @param subject the subject of a message
	 * @return the value for a tag
	 */
	public String tagOf(String subject) {
		if (this.known.contains(subject)) {
			return subject;
		}
		String tag = generalize(subject);
		return (this.known.contains(tag) || remember(tag)) ? tag : OTHER;
	}

	private boolean remember(String tag) {
		this.growing.lock();
		try {
			return this.known.contains(tag) || (this.known.size() < this.max && this.known.add(tag));
		}
		finally {
			this.growing.unlock();
		}
	}

	private String generalize(String subject) {
		if (isInbox(subject)) {
			return INBOX + ">";
		}
		String[] tokens = subject.split("\\.", -1);
		if (tokens[0].startsWith("$")) {
			return tokens[0] + ".>";
		}
		for (int i = 0; i < tokens.length; i++) {
			if (looksLikeId(tokens[i])) {
				tokens[i] = "*";
			}
		}
		return String.join(".", tokens);
	}

	private static boolean looksLikeId(String token) {
		return token.chars().anyMatch((character) -> character >= '0' && character <= '9')
				&& ID.matcher(token).matches();
	}

	private boolean isInbox(String subject) {
		return subject.startsWith(INBOX) || this.inboxPrefixes.stream().anyMatch(subject::startsWith);
	}

}
