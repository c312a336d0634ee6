package dev.natsboot.casestudy;

/**
 * Where the case study talks to its user: what it does goes to the error output, the
 * figures to the standard output.
 */
final class Console {

	private Console() {
	}

	static void say(String format, Object... arguments) {
		System.err.println("==> " + format.formatted(arguments));
	}

	static void detail(String line) {
		System.err.println("    " + line);
	}

	static void print(String line) {
		System.out.println(line);
	}

	static boolean isInteractive() {
		return System.console() != null;
	}

}
