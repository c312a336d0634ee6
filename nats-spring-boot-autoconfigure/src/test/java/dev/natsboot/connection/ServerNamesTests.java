package dev.natsboot.connection;

import java.net.URI;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ServerNamesTests {

	@Test
	void expectsTheNameThatWasAskedFor() {
		ServerNames names = new ServerNames(List.of(URI.create("tls://one.example.org:4222")));
		assertThat(names.nameFor("one.example.org")).isEqualTo("one.example.org");
		assertThat(names.nameFor("two.example.org")).isEqualTo("two.example.org");
	}

	@Test
	void expectsTheClustersNameOfAnAddressThatItAnnounced() {
		ServerNames names = new ServerNames(List.of(URI.create("tls://nats.example.org:4222")));
		assertThat(names.nameFor("10.0.0.7")).isEqualTo("nats.example.org");
		assertThat(names.nameFor("fd00::7")).isEqualTo("nats.example.org");
	}

	@Test
	void expectsAnAddressThatIsConfigured() {
		ServerNames names = new ServerNames(
				List.of(URI.create("tls://10.0.0.7:4222"), URI.create("tls://nats.example.org:4222")));
		assertThat(names.nameFor("10.0.0.7")).isEqualTo("10.0.0.7");
		assertThat(new ServerNames(List.of(URI.create("tls://10.0.0.7:4222"))).nameFor("10.0.0.8"))
			.isEqualTo("10.0.0.8");
	}

}
