package dev.natsboot.test;

/**
 * Thrown when no nats-server program is found. The message says where it was looked for
 * and how to install it.
 */
public class NatsServerNotFoundException extends RuntimeException {

	/**
	 * How to install nats-server, by operating system.
	 */
	static final String INSTALL = """
			Install nats-server:
			  Debian, Ubuntu: apt-get install nats-server
			  macOS:          brew install nats-server
			  Windows:        scoop install nats-server, or: choco install nats-server
			or name its path by the environment variable nats_server_path, for example
			  export nats_server_path=/opt/nats/nats-server""";

	/**
	 * Where it was looked for.
	 */
	private final String searched;

	NatsServerNotFoundException(String searched) {
		super("No nats-server program was found: " + searched + "." + System.lineSeparator() + INSTALL);
		this.searched = searched;
	}

	/**
	 * Return where it was looked for.
	 * @return where it was looked for
	 */
	public String getSearched() {
		return this.searched;
	}

}
