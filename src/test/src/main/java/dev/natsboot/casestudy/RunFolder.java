package dev.natsboot.casestudy;

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
record RunFolder(Path path) {

	private static final int TAIL = 25;

	static RunFolder create() {
		try {
			return new RunFolder(Files.createTempDirectory("case-study-"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	Path data() {
		return this.path.resolve("data");
	}

	Path streams() {
		return this.path.resolve("streams");
	}

	Path log(String name) {
		return this.path.resolve(name + ".log");
	}

	/**
	 * Return the last lines of a log.
	 * @param name the name of the process
	 * @return the lines, none if there is no log
	 */
	List<String> tail(String name) {
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

	void delete() {
		try {
			FileSystemUtils.deleteRecursively(this.path);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
