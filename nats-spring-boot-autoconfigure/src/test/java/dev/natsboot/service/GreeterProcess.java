package dev.natsboot.service;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * A greeter in a process of its own, to be killed.
 */
final class GreeterProcess {

	private GreeterProcess() {
	}

	public static void main(String[] arguments) throws Exception {
		try (ServiceRig rig = ServiceRig.on(arguments[0])) {
			rig.start(RequestEndpoint.of("greeter", "greeter.greet")
				.queue("greeters")
				.handledBy((request) -> "Hello, " + NatsServiceRegistryTests.text(request) + "!"));
			new CountDownLatch(1).await();
		}
	}

	static Process start(String url) throws IOException {
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		return new ProcessBuilder(java, "-XX:TieredStopAtLevel=1", "-cp", classPath, GreeterProcess.class.getName(),
				url)
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
	}

}
