package dev.natsboot.run;

/**
 * Where a run talks to its user: what it does goes to the error output, the figures to
 * the standard output.
 */
public final class Console {

	private Console() {
	}

	public static void say(String format, Object... arguments) {
		System.err.println("==> " + format.formatted(arguments));
	}

	public static void detail(String line) {
		System.err.println("    " + line);
	}

	public static void print(String line) {
		System.out.println(line);
	}

	public static boolean isInteractive() {
		return System.console() != null;
	}

}
