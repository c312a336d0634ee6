package dev.natsboot.autoconfigure;

import java.nio.file.Path;

import dev.natsboot.connection.ConnectionState;
import dev.natsboot.connection.NatsConnectException;
import dev.natsboot.connection.NatsConnectException.Reason;
import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.testsupport.NatsServer;
import dev.natsboot.testsupport.TestCertificates;
import dev.natsboot.testsupport.TestCertificates.Issued;
import io.nats.client.Connection;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class NatsTlsTests {

	@TempDir
	Path folder;

	private TestCertificates authority;

	private ApplicationContextRunner runner;

	@BeforeEach
	void createAuthority() {
		this.authority = new TestCertificates(this.folder, "authority");
		this.runner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, NatsAutoConfiguration.class))
			.withPropertyValues("nats.startup=fail-fast", "nats.reconnect-jitter-tls=50ms", "nats.reconnect-wait=50ms");
	}

	@Test
	void connectsWithTheBundlesCertificates() {
		try (NatsServer server = tlsServer("localhost")) {
			trusting(this.authority, server).run((context) -> assertThat(context.getBean(Connection.class).getStatus())
				.isEqualTo(Connection.Status.CONNECTED));
		}
	}

	@Test
	void namesTheBundlesWhenThereIsNoneOfTheName() {
		this.runner
			.withPropertyValues("nats.ssl.bundle=nope",
					"spring.ssl.bundle.pem.nats.truststore.certificate=file:" + this.authority.authority())
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidNatsPropertyException.class)
				.hasMessage("Property 'nats.ssl.bundle' with value 'nope' is invalid: there is no SSL bundle of this "
						+ "name, only [nats]. A working example: nats.ssl.bundle=nats with "
						+ "spring.ssl.bundle.pem.nats.truststore.certificate=classpath:ca.pem"));
	}

	@Test
	void verifiesTheHostNameAfterAReconnectToo() {
		try (NatsServer server = tlsServer("localhost")) {
			trusting(this.authority, server).run((context) -> {
				NatsConnectionManager manager = context.getBean(NatsConnectionManager.class);
				restart(server, "wrong.example.org");
				Awaitility.await().until(() -> String.valueOf(manager.state().lastError()).contains("localhost found"));
				assertThat(manager.state().status()).isEqualTo(ConnectionState.Status.RECONNECTING);
				assertThat(manager.current().getStatus()).isNotEqualTo(Connection.Status.CONNECTED);
				restart(server, "localhost");
				Awaitility.await().until(() -> manager.state().status() == ConnectionState.Status.CONNECTED);
			});
		}
	}

	/**
	 * The server reads its certificate when it starts.
	 */
	private void restart(NatsServer server, String host) {
		server.kill();
		this.authority.issue("server", host);
		server.start();
	}

	@Test
	void refusesCertificateOfAnotherAuthority() {
		TestCertificates other = new TestCertificates(this.folder, "other");
		try (NatsServer server = tlsServer("localhost")) {
			trusting(other, server).run((context) -> {
				FailureAnalysis analysis = failure(context, Reason.TLS_UNTRUSTED);
				assertThat(analysis.getDescription()).contains(server.url(), "certificate isn't trusted");
				assertThat(analysis.getAction()).contains("nats.ssl.bundle",
						"spring.ssl.bundle.pem.nats.truststore.certificate");
			});
		}
	}

	@Test
	void refusesCertificateForAnotherHost() {
		try (NatsServer server = tlsServer("wrong.example.org")) {
			trusting(this.authority, server).run((context) -> {
				FailureAnalysis analysis = failure(context, Reason.TLS_HOST_NAME);
				assertThat(analysis.getDescription()).contains("another host name", "localhost");
				assertThat(analysis.getAction()).contains("nats.servers", "nats.ssl.verify-host-name=false");
			});
		}
	}

	@Test
	void acceptsCertificateForAnotherHostWhenToldSo() {
		try (NatsServer server = tlsServer("wrong.example.org")) {
			trusting(this.authority, server).withPropertyValues("nats.ssl.verify-host-name=false")
				.run((context) -> assertThat(context).hasNotFailed());
		}
	}

	@Test
	void refusesCertificateForAnotherHostAtTheRuntimesTrustToo() {
		try (NatsServer server = tlsServer("wrong.example.org")) {
			this.runner.withPropertyValues("nats.servers=" + server.url().replace("nats:", "tls:"))
				.run((context) -> failure(context, Reason.TLS_UNTRUSTED));
		}
	}

	@Test
	void saysThatTheServerRequiresTls() {
		try (NatsServer server = tlsServer("localhost")) {
			this.runner.withPropertyValues("nats.servers=" + server.url()).run((context) -> {
				FailureAnalysis analysis = failure(context, Reason.TLS_REQUIRED);
				assertThat(analysis.getAction()).contains("nats.ssl.enabled=true", "nats.ssl.bundle");
			});
		}
	}

	@Test
	void saysThatTheServerDoesNotOfferTls() {
		try (NatsServer server = new NatsServer()) {
			trusting(this.authority, server).run((context) -> {
				FailureAnalysis analysis = failure(context, Reason.TLS_NOT_OFFERED);
				assertThat(analysis.getAction()).contains("nats.ssl.bundle");
			});
		}
	}

	@Test
	void signsInWithAClientCertificate() {
		Issued client = this.authority.issue("client", "client.example.org");
		try (NatsServer server = mutualTlsServer()) {
			trusting(this.authority, server)
				.withPropertyValues("spring.ssl.bundle.pem.nats.keystore.certificate=file:" + client.certificate(),
						"spring.ssl.bundle.pem.nats.keystore.private-key=file:" + client.key())
				.run((context) -> assertThat(context.getBean(Connection.class).getStatus())
					.isEqualTo(Connection.Status.CONNECTED));
		}
	}

	@Test
	void saysThatAClientCertificateIsMissing() {
		try (NatsServer server = mutualTlsServer()) {
			trusting(this.authority, server).run((context) -> {
				FailureAnalysis analysis = failure(context, Reason.TLS_HANDSHAKE);
				assertThat(analysis.getAction()).contains("client certificate",
						"spring.ssl.bundle.pem.nats.keystore.certificate");
			});
		}
	}

	private NatsServer tlsServer(String host) {
		return new NatsServer(this.authority.issue("server", host).serverConfiguration());
	}

	private NatsServer mutualTlsServer() {
		return new NatsServer(this.authority.issue("server", "localhost")
			.serverConfiguration("ca_file: \"" + this.authority.authority() + "\"", "verify: true"));
	}

	private ApplicationContextRunner trusting(TestCertificates authority, NatsServer server) {
		return this.runner.withPropertyValues("nats.servers=" + server.url(), "nats.ssl.bundle=nats",
				"spring.ssl.bundle.pem.nats.truststore.certificate=file:" + authority.authority());
	}

	private static FailureAnalysis failure(AssertableApplicationContext context, Reason reason) {
		assertThat(context).hasFailed();
		FailureAnalysis analysis = new NatsConnectFailureAnalyzer().analyze(context.getStartupFailure());
		assertThat(analysis).isNotNull();
		assertThat(((NatsConnectException) analysis.getCause()).getReason()).as(analysis.getDescription())
			.isEqualTo(reason);
		return analysis;
	}

}
