package dev.natsboot.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Command lines for other JVMs.
 */
public final class JavaCommand {

	private JavaCommand() {
	}

	/**
	 * Return the command that runs a class on this JVM's own class path.
	 * @param options the options of the JVM
	 * @param main the class with the main method
	 * @param arguments the program's arguments
	 * @return the command
	 */
	public static List<String> of(List<String> options, Class<?> main, List<String> arguments) {
		List<String> command = new ArrayList<>(List.of(java()));
		command.addAll(options);
		command.addAll(List.of("-cp", classPath(), main.getName()));
		command.addAll(arguments);
		return command;
	}

	/**
	 * Return the program that runs this JVM.
	 * @return its path
	 */
	public static String java() {
		return Path.of(System.getProperty("java.home"), "bin", "java").toString();
	}

	private static String classPath() {
		return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
	}

}
