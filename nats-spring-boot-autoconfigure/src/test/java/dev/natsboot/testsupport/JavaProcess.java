package dev.natsboot.testsupport;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.util.Assert;

/**
 * Starts a program of the tests in a process of its own, to be killed.
 */
public final class JavaProcess {

	private JavaProcess() {
	}

	/**
	 * Start a program with the class path of the tests. What it prints is discarded.
	 * @param program the class with its main method
	 * @param arguments its arguments
	 * @return the process
	 * @throws IOException when it can't be started
	 */
	public static Process start(Class<?> program, String... arguments) throws IOException {
		return start(program, List.of(), arguments);
	}

	/**
	 * Start a program in a JVM with options.
	 * @param program the class with its main method
	 * @param options further options of the JVM
	 * @param arguments its arguments
	 * @return the process
	 * @throws IOException when it can't be started
	 */
	public static Process start(Class<?> program, List<String> options, String... arguments) throws IOException {
		return start(classPath(), program, options, arguments);
	}

	/**
	 * Start a program on whose class path some libraries aren't.
	 * @param libraries an expression for the names of their files
	 * @param program the class with its main method
	 * @param arguments its arguments
	 * @return the process
	 * @throws IOException when it can't be started
	 */
	public static Process startWithout(String libraries, Class<?> program, String... arguments) throws IOException {
		String present = Stream.of(classPath().split(File.pathSeparator))
			.filter((path) -> !Path.of(path).getFileName().toString().matches(libraries))
			.collect(Collectors.joining(File.pathSeparator));
		Assert.state(!present.equals(classPath()), () -> "There is no library " + libraries);
		return start(present, program, List.of(), arguments);
	}

	private static String classPath() {
		return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
	}

	private static Process start(String classPath, Class<?> program, List<String> options, String... arguments)
			throws IOException {
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		List<String> command = new ArrayList<>(List.of(java, "-XX:TieredStopAtLevel=1"));
		command.addAll(options);
		command.addAll(List.of("-cp", classPath, program.getName()));
		command.addAll(List.of(arguments));
		return new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
	}

}
