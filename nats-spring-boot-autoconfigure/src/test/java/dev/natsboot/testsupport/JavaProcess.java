package dev.natsboot.testsupport;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Starts a program of the tests in a process of its own, to be killed.
 */
public final class JavaProcess {

	private JavaProcess() {
	}

	/**
	 * Start a program with the class path of the tests. What it prints is discarded.
	 * @param program the class with its main method
	 * @param argument its argument
	 * @return the process
	 * @throws IOException when it can't be started
	 */
	public static Process start(Class<?> program, String argument) throws IOException {
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		return new ProcessBuilder(java, "-XX:TieredStopAtLevel=1", "-cp", classPath, program.getName(), argument)
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
	}

}
