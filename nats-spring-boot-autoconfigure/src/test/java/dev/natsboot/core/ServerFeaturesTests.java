package dev.natsboot.core;

import io.nats.client.api.ServerInfo;
import io.nats.client.impl.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ServerFeaturesTests {

	@ParameterizedTest
	@CsvSource({ "Nats-TTL, 2.10.29, 2.11.0", "Nats-Schedule, 2.11.4, 2.12.0", "Nats-Incr, 2.11.4, 2.12.0" })
	void whatAnOldServerWouldIgnoreIsRefusedAndTheVersionNamed(String header, String old, String since) {
		Headers headers = new Headers().put("Nats-Msg-Id", "1").put(header, "1");
		assertThat(ServerFeatures.missing(headers, server(old))).isEqualTo("the header " + header
				+ " needs nats-server " + since + " or later, connected to " + old + ", which would ignore it");
		assertThat(ServerFeatures.missing(headers, server(since))).isNull();
	}

	@Test
	void otherHeadersNeedNoVersion() {
		assertThat(ServerFeatures.missing(new Headers().put("Nats-Msg-Id", "1"), server("2.9.10"))).isNull();
	}

	private static ServerInfo server(String version) {
		return new ServerInfo("INFO {\"server_id\":\"S\",\"version\":\"" + version + "\"}");
	}

}
