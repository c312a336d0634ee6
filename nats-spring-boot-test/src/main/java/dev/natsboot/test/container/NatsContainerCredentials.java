package dev.natsboot.test.container;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * How to sign in at a container, as its command ({@code --user}, {@code --pass},
 * {@code --auth}) or its environment ({@code NATS_USERNAME}, {@code NATS_PASSWORD},
 * {@code NATS_TOKEN}) says.
 *
 * @param username the user, {@code null} if there is none
 * @param password the password, {@code null} if there is none
 * @param token the token, {@code null} if there is none
 */
record NatsContainerCredentials(@Nullable String username, @Nullable String password, @Nullable String token) {

	static NatsContainerCredentials of(List<String> command, Map<String, ? extends @Nullable String> environment) {
		return new NatsContainerCredentials(
				first(option(command, "user"), environment.get("NATS_USERNAME"), environment.get("NATS_USER")),
				first(option(command, "pass"), environment.get("NATS_PASSWORD"), environment.get("NATS_PASS")),
				first(option(command, "auth"), environment.get("NATS_TOKEN"), environment.get("NATS_AUTH_TOKEN")));
	}

	private static @Nullable String option(List<String> command, String name) {
		for (int i = 0; i < command.size(); i++) {
			String argument = command.get(i).replaceFirst("^--?", "-");
			if (argument.equals("-" + name) && i + 1 < command.size()) {
				return command.get(i + 1);
			}
			if (argument.startsWith("-" + name + "=")) {
				return argument.substring(name.length() + 2);
			}
		}
		return null;
	}

	private static @Nullable String first(@Nullable String... values) {
		for (String value : values) {
			if (StringUtils.hasText(value)) {
				return value;
			}
		}
		return null;
	}

}
