package dev.natsboot.casestudy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.stream.IntStream;

import dev.natsboot.run.RunException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class PortsTests {

	@Test
	void acceptsFreePorts() {
		int[] free = IntStream.generate(PortsTests::freePort).distinct().limit(5).toArray();
		assertThatNoException().isThrownBy(() -> new Ports(free[0], free[1], free[2], free[3], free[4]).requireFree());
	}

	@Test
	void namesTakenPortAndItsOption() throws IOException {
		int[] free = IntStream.generate(PortsTests::freePort).distinct().limit(4).toArray();
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			int port = taken.getLocalPort();
			assertThatExceptionOfType(RunException.class)
				.isThrownBy(() -> new Ports(free[0], free[1], free[2], free[3], port).requireFree())
				.withMessageContaining("Port " + port + " is taken")
				.withMessageContaining("--nats-port");
		}
	}

	@Test
	void namesBothOptionsWithTheSamePort() {
		int port = freePort();
		assertThatExceptionOfType(RunException.class)
			.isThrownBy(() -> new Ports(port, freePort(), freePort(), port, freePort()).requireFree())
			.withMessage("--order-port and --gateway-port are both " + port);
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

}
