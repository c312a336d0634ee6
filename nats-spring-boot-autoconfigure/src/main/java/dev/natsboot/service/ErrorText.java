package dev.natsboot.service;

import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Makes any text fit for the header of an error reply, without what looks like a
 * password.
 */
final class ErrorText {

	private static final int MAX_LENGTH = 512;

	/**
	 * Anything before the last {@code @}, up to the next address: not everybody encodes
	 * what is in a password.
	 */
	private static final Pattern USER_INFO = Pattern.compile("(\\w://)(?:(?!\\w://)\\S)+@");

	/**
	 * Or a name that ends in one of these, such as {@code access_token}.
	 */
	private static final String NAME = "((?:password|passwd|pwd|secret|token)\\\\*[\"']?\\s*[=:]\\s*)";

	/**
	 * In double quotes, in single ones, in the quotes of JSON within JSON, or without.
	 */
	private static final String VALUE = "(?:\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"?|'[^'\\\\]*+(?:\\\\.[^'\\\\]*+)*+'?"
			+ "|\\\\+\"[^\"]*+\"?|[^\\s,;&]+)";

	private static final Pattern SECRET = Pattern.compile("(?is)" + NAME + VALUE);

	private ErrorText() {
	}

	static String header(String text) {
		String bounded = text.substring(0, Math.min(text.length(), 8 * MAX_LENGTH));
		String masked = SECRET.matcher(USER_INFO.matcher(bounded).replaceAll("$1***@")).replaceAll("$1***");
		String line = masked.strip().replaceAll("\\s+", " ");
		StringBuilder header = new StringBuilder();
		line.chars().forEach((character) -> append(header, character));
		return shorten(header.toString());
	}

	private static void append(StringBuilder header, int character) {
		if (character >= ' ' && character <= '~') {
			header.append((char) character);
		}
		else {
			header.append("\\u").append(HexFormat.of().toHexDigits((char) character));
		}
	}

	private static String shorten(String text) {
		return (text.length() <= MAX_LENGTH) ? text : text.substring(0, MAX_LENGTH - 3) + "...";
	}

}
