package dev.natsboot.test;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.nats.NatsRunnerUtils;

import org.springframework.util.StringUtils;

/**
 * Finds the nats-server program.
 */
final class NatsExecutable {

	/**
	 * Where package managers put it, and where the {@code PATH} of an ordinary user often
	 * doesn't lead: Debian's package uses {@code /usr/sbin}.
	 */
	private static final List<String> USUAL_DIRECTORIES = List.of("/usr/sbin", "/usr/local/bin", "/usr/local/sbin",
			"/opt/homebrew/bin");

	private final Map<String, String> environment;

	private final List<String> usualDirectories;

	NatsExecutable() {
		this(System.getenv(), USUAL_DIRECTORIES);
	}

	NatsExecutable(Map<String, String> environment, List<String> usualDirectories) {
		this.environment = environment;
		this.usualDirectories = usualDirectories;
	}

	Path find(String configured) {
		if (StringUtils.hasText(configured)) {
			return require(configured, "the attribute 'executable' of @EmbeddedNats");
		}
		String named = this.environment.get(NatsRunnerUtils.NATS_SERVER_PATH_ENV);
		if (StringUtils.hasText(named)) {
			return require(named, "the environment variable nats_server_path");
		}
		String path = this.environment.getOrDefault("PATH", this.environment.getOrDefault("Path", ""));
		return Stream.concat(Stream.of(path.split(File.pathSeparator)), this.usualDirectories.stream())
			.filter(StringUtils::hasText)
			.flatMap((directory) -> Stream.of("nats-server", "nats-server.exe").map((name) -> Path.of(directory, name)))
			.filter(NatsExecutable::isProgram)
			.findFirst()
			.orElseThrow(() -> new NatsServerNotFoundException(
					"the environment variable nats_server_path is not set, and there is none on the PATH " + path));
	}

	private static Path require(String value, String origin) {
		Path path = Path.of(value);
		if (!isProgram(path)) {
			throw new NatsServerNotFoundException(origin + " is '" + value + "', which is not a program");
		}
		return path;
	}

	private static boolean isProgram(Path path) {
		return Files.isRegularFile(path) && Files.isExecutable(path);
	}

}
