package dev.natsboot.connection;

import java.util.Collection;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.lang.Contract;

/**
 * Makes addresses of NATS servers, and texts that may contain such addresses, safe to
 * show: {@code nats://user:secret@host} becomes {@code nats://host}.
 */
public final class NatsUrls {

	private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/\\s,]*@");

	private static final Pattern USER_INFO_WITHOUT_SCHEME = Pattern.compile("^[^/\\s,@]*@");

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

}
