package dev.natsboot.connection;

import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.lang.Contract;

/**
 * Makes addresses of NATS servers, and texts that may contain such addresses, safe to
 * show: {@code nats://user:secret@host} becomes {@code nats://host}.
 */
public final class NatsUrls {

	private static final String HIDDEN = "***";

	private static final Pattern SCHEME = Pattern.compile("(?i)(nats|tls|opentls|wss?|https?)://");

	private static final Pattern SEVERAL_COLONS = Pattern.compile(":(?!//).*:(?!//)");

	/**
	 * What may be a part of a password that isn't percent-encoded: anything before the
	 * last {@code @}, up to the next address.
	 */
	private static final String CREDENTIALS = "(?:(?!" + SCHEME + ")\\S)*@";

	private static final Pattern USER_INFO = Pattern.compile("(?<=://)" + CREDENTIALS);

	private static final Pattern USER_INFO_WITHOUT_SCHEME = Pattern.compile("^" + CREDENTIALS);

	private NatsUrls() {
	}

	/**
	 * Remove user information from every address in a text.
	 * @param text an address, a list of addresses or a message that contains some;
	 * {@code null} stays {@code null}
	 * @return the text without credentials
	 */
	@Contract("null -> null; !null -> !null")
	public static @Nullable String withoutCredentials(@Nullable String text) {
		if (text == null || text.indexOf('@') < 0) {
			return text;
		}
		String clean = USER_INFO.matcher(text).replaceAll("");
		return USER_INFO_WITHOUT_SCHEME.matcher(clean).replaceAll("");
	}

	/**
	 * Servers as a text for messages.
	 * @param servers the servers' addresses
	 * @return the addresses without credentials, separated by commas
	 */
	public static String describe(Collection<?> servers) {
		return servers.stream()
			.map((server) -> withoutCredentials(String.valueOf(server)))
			.collect(Collectors.joining(", "));
	}

	/**
	 * What can be shown of a server that can't be read as an address, where nobody knows
	 * what is a password. One with a comma has been cut into several servers.
	 * @param servers all servers
	 * @param index which one of them is invalid
	 * @return its scheme, and the rest where that can't be a part of credentials
	 */
	public static String describeInvalid(List<String> servers, int index) {
		String server = servers.get(index).trim();
		String scheme = scheme(server);
		String rest = server.substring(scheme.length());
		int at = rest.lastIndexOf('@');
		boolean cut = servers.stream().skip(index + 1L).anyMatch(NatsUrls::endsCredentials);
		if (cut || (at < 0 && SEVERAL_COLONS.matcher(rest).find())) {
			return scheme + HIDDEN;
		}
		return (at < 0) ? server : scheme + HIDDEN + rest.substring(at);
	}

	private static boolean endsCredentials(String server) {
		return server.indexOf('@') >= 0 && scheme(server.trim()).isEmpty();
	}

	private static String scheme(String server) {
		Matcher matcher = SCHEME.matcher(server);
		return matcher.lookingAt() ? matcher.group() : "";
	}

}
