package dev.natsboot.service;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;

import dev.natsboot.testsupport.JavaProcess;

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
		return JavaProcess.start(GreeterProcess.class, url);
	}

}
