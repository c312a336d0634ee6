package dev.natsboot.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.springframework.util.FileSystemUtils;

/**
 * The temporary folder with the databases, the streams and the logs of one run.
 *
 * @param path the folder
 */
public record RunFolder(Path path) {

	private static final int TAIL = 25;

	public static RunFolder create(String prefix) {
		try {
			return new RunFolder(Files.createTempDirectory(prefix));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public Path data() {
		return this.path.resolve("data");
	}

	public Path streams() {
		return this.path.resolve("streams");
	}

	public Path log(String name) {
		return this.path.resolve(name + ".log");
	}

	/**
	 * Return the last lines of a log.
	 * @param name the name of the process
	 * @return the lines, none if there is no log
	 */
	public List<String> tail(String name) {
		try {
			if (Files.notExists(log(name))) {
				return List.of();
			}
			List<String> lines = Files.readAllLines(log(name));
			return lines.subList(Math.max(0, lines.size() - TAIL), lines.size());
		}
		catch (IOException ex) {
			return List.of(log(name) + " can't be read: " + ex);
		}
	}

	public void delete() {
		try {
			FileSystemUtils.deleteRecursively(this.path);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
