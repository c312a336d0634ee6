package dev.natsboot.topology;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

import dev.natsboot.testsupport.NatsServer;
import dev.natsboot.topology.TopologyDifference.Kind;
import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import io.nats.client.Nats;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.api.StreamConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

@ExtendWith(OutputCaptureExtension.class)
class ConsumerProvisionerTests {

	private static NatsServer server;

	private static Connection connection;

	private static JetStreamManagement management;

	private final ConsumerProvisioner provisioner = new ConsumerProvisioner(JetStreamOptions.defaultOptions());

	private final String stream = "S" + UUID.randomUUID().toString().replace("-", "");

	@BeforeAll
	static void connect() throws Exception {
		server = new NatsServer();
		connection = Nats.connect(server.url());
		management = connection.jetStreamManagement();
	}

	@AfterAll
	static void disconnect() throws Exception {
		connection.close();
		server.close();
	}

	@BeforeEach
	void addStream() throws Exception {
		management.addStream(StreamConfiguration.builder().name(this.stream).subjects(this.stream + ".>").build());
	}

	@Test
	void createsAMissingDurable() throws Exception {
		ConsumerInfo info = provision(durable().ackWait(Duration.ofSeconds(7)), ProvisioningMode.CREATE);
		assertThat(info.getName()).isEqualTo("worker");
		assertThat(management.getConsumerInfo(this.stream, "worker").getConsumerConfiguration().getAckWait())
			.isEqualTo(Duration.ofSeconds(7));
	}

	@Test
	void bindsToAnExistingDurableAndReportsDriftOnce(CapturedOutput output) throws Exception {
		management.addOrUpdateConsumer(this.stream, durable().ackWait(Duration.ofSeconds(7)).build());
		ConsumerConfiguration.Builder declared = durable().ackWait(Duration.ofMinutes(1)).maxAckPending(5);
		provision(declared, ProvisioningMode.CREATE);
		ConsumerInfo info = provision(declared, ProvisioningMode.CREATE);
		assertThat(info.getConsumerConfiguration().getAckWait()).isEqualTo(Duration.ofSeconds(7));
		assertThat(output).containsOnlyOnce("ack-wait: declared 1m, server 7s")
			.containsOnlyOnce("max-ack-pending: declared 5, server 1000")
			.contains("nats.jetstream.provisioning=update");
	}

	@Test
	void leavesAttributesAloneThatAreNotDeclared(CapturedOutput output) throws Exception {
		management.addOrUpdateConsumer(this.stream,
				durable().ackWait(Duration.ofSeconds(7)).maxDeliver(3).filterSubject(this.stream + ".a").build());
		ConsumerInfo info = provision(durable().ackWait(Duration.ofSeconds(7)), ProvisioningMode.UPDATE);
		assertThat(info.getConsumerConfiguration().getMaxDeliver()).isEqualTo(3);
		assertThat(info.getConsumerConfiguration().getFilterSubject()).isEqualTo(this.stream + ".a");
		assertThat(output).doesNotContain("differs");
	}

	@Test
	void updatesWhatTheServerCanChange() throws Exception {
		management.addOrUpdateConsumer(this.stream, durable().ackWait(Duration.ofSeconds(7)).maxDeliver(3).build());
		ConsumerInfo info = provision(
				durable().ackWait(Duration.ofSeconds(9)).filterSubject(this.stream + ".b").headersOnly(true),
				ProvisioningMode.UPDATE);
		ConsumerConfiguration configuration = info.getConsumerConfiguration();
		assertThat(configuration.getAckWait()).isEqualTo(Duration.ofSeconds(9));
		assertThat(configuration.getFilterSubject()).isEqualTo(this.stream + ".b");
		assertThat(configuration.isHeadersOnly()).isTrue();
		assertThat(configuration.getMaxDeliver()).isEqualTo(3);
	}

	@Test
	void updateNamesWhatTheServerCannotChangeAndChangesTheRest() throws Exception {
		management.addOrUpdateConsumer(this.stream, durable().ackPolicy(AckPolicy.Explicit).build());
		assertThatExceptionOfType(TopologyException.class)
			.isThrownBy(() -> provision(
					durable().ackPolicy(AckPolicy.All).deliverPolicy(DeliverPolicy.New).ackWait(Duration.ofSeconds(9)),
					ProvisioningMode.UPDATE))
			.withMessageContaining("ack-policy: declared all, server explicit")
			.withMessageContaining("deliver-policy: declared new, server all")
			.withMessageContaining("The server can't change it")
			.satisfies((ex) -> assertThat(ex.getDifferences()).hasSize(2)
				.allMatch((difference) -> difference.kind() == Kind.FIXED));
		assertThat(management.getConsumerInfo(this.stream, "worker").getConsumerConfiguration().getAckWait())
			.isEqualTo(Duration.ofSeconds(9));
	}

	@Test
	void validateListsEveryDifferenceAndChangesNothing() throws Exception {
		management.addOrUpdateConsumer(this.stream, durable().build());
		ConsumerConfiguration before = management.getConsumerInfo(this.stream, "worker").getConsumerConfiguration();
		assertThatExceptionOfType(TopologyException.class)
			.isThrownBy(
					() -> provision(durable().ackWait(Duration.ofSeconds(9)).maxDeliver(4), ProvisioningMode.VALIDATE))
			.withMessageContaining("consumer 'worker' of stream '" + this.stream + "'")
			.withMessageContaining("ack-wait: declared 9s, server 30s")
			.withMessageContaining("max-deliver: declared 4, server -1");
		assertThat(management.getConsumerInfo(this.stream, "worker").getConsumerConfiguration().toJson())
			.isEqualTo(before.toJson());
	}

	@Test
	void validateAndNoneRefuseAMissingDurable() throws Exception {
		for (ProvisioningMode mode : new ProvisioningMode[] { ProvisioningMode.VALIDATE, ProvisioningMode.NONE }) {
			assertThatExceptionOfType(TopologyException.class).isThrownBy(() -> provision(durable(), mode))
				.withMessageContaining("consumer 'worker' of stream '" + this.stream + "' does not exist")
				.withMessageContaining("nats.jetstream.provisioning=create");
		}
		assertThat(management.getConsumerNames(this.stream)).isEmpty();
	}

	@Test
	void noneBindsWithoutComparing(CapturedOutput output) throws Exception {
		management.addOrUpdateConsumer(this.stream, durable().build());
		ConsumerInfo info = provision(durable().ackWait(Duration.ofSeconds(9)), ProvisioningMode.NONE);
		assertThat(info.getConsumerConfiguration().getAckWait()).isEqualTo(Duration.ofSeconds(30));
		assertThat(output).doesNotContain("differs");
	}

	@Test
	void createsAConsumerWithoutANameInEveryMode() throws Exception {
		for (ProvisioningMode mode : ProvisioningMode.values()) {
			assertThat(provision(ConsumerConfiguration.builder(), mode).getName()).isNotEmpty();
		}
		assertThat(management.getConsumerNames(this.stream)).hasSize(ProvisioningMode.values().length);
	}

	@Test
	void namesAnEphemeralConsumerThatTheServerRefuses() {
		assertThatExceptionOfType(TopologyException.class)
			.isThrownBy(
					() -> provision(ConsumerConfiguration.builder().deliverPolicy(DeliverPolicy.All).startSequence(5),
							ProvisioningMode.CREATE))
			.withMessageContaining("create ephemeral consumer of stream '" + this.stream + "'");
	}

	@Test
	void saysHowToGetAMissingStream() {
		for (ProvisioningMode mode : ProvisioningMode.values()) {
			assertThatExceptionOfType(TopologyException.class)
				.isThrownBy(() -> this.provisioner.provision(connection, "NOWHERE", durable().build(), mode))
				.withMessageContaining("stream 'NOWHERE' does not exist")
				.withMessageContaining("nats.jetstream.streams.NOWHERE.subjects=nowhere.>");
		}
	}

	@Test
	void refusesToBindAPullConsumerToAPushConsumer() throws Exception {
		management.addOrUpdateConsumer(this.stream, durable().deliverSubject("deliver.here").build());
		assertThatExceptionOfType(TopologyException.class)
			.isThrownBy(() -> provision(durable(), ProvisioningMode.CREATE))
			.withMessageContaining("is a push consumer (deliver subject 'deliver.here')");
	}

	@Test
	void takesSeveralFilterSubjectsOrNamesTheServerVersionThatTheyNeed() throws Exception {
		if (connection.getServerInfo().isSameOrNewerThanVersion("2.10.0")) {
			provision(durable().filterSubjects(this.stream + ".a", this.stream + ".b"), ProvisioningMode.CREATE);
			ConsumerInfo info = provision(durable().filterSubjects(this.stream + ".b", this.stream + ".a"),
					ProvisioningMode.VALIDATE);
			assertThat(info.getConsumerConfiguration().getFilterSubjects()).hasSize(2);
			return;
		}
		assertThatExceptionOfType(TopologyException.class)
			.isThrownBy(() -> provision(durable().filterSubjects(this.stream + ".a", this.stream + ".b"),
					ProvisioningMode.CREATE))
			.withMessageContaining("need nats-server 2.10.0 or later, connected to 2.9");
	}

	@Test
	void namesTheServerVersionThatAnIgnoredAttributeNeeds(CapturedOutput output) throws Exception {
		assumeTrue(connection.getServerInfo().isOlderThanVersion("2.10.0"), "an old server");
		provision(durable().metadata(Map.of("team", "payments")), ProvisioningMode.CREATE);
		assertThat(output).contains("ERROR")
			.contains("metadata: declared team=payments, server none")
			.contains("ignores metadata: use 2.10.0 or later");
	}

	@Test
	void keepsForeignMetadataAndAddsWhatIsDeclared() throws Exception {
		assumeTrue(connection.getServerInfo().isSameOrNewerThanVersion("2.10.0"), "a server that knows metadata");
		management.addOrUpdateConsumer(this.stream, durable().metadata(Map.of("owner", "orders-team")).build());
		provision(durable().metadata(Map.of("team", "payments")), ProvisioningMode.UPDATE);
		ConsumerInfo info = provision(durable().metadata(Map.of("team", "payments")), ProvisioningMode.VALIDATE);
		assertThat(info.getConsumerConfiguration().getMetadata()).containsEntry("team", "payments")
			.containsEntry("owner", "orders-team");
	}

	@Test
	void findsTheStreamThatCapturesASubject() {
		assertThat(this.provisioner.findStream(connection, this.stream + ".a.b")).contains(this.stream);
		assertThat(this.provisioner.findStream(connection, "nowhere." + this.stream)).isEmpty();
	}

	@Test
	void saysThatJetStreamIsOff() throws Exception {
		try (NatsServer plain = new NatsServer("jetstream: false"); Connection other = Nats.connect(plain.url())) {
			assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(
					() -> this.provisioner.provision(other, this.stream, durable().build(), ProvisioningMode.CREATE))
				.withMessageContaining("JetStream is off")
				.withMessageContaining("nats-server -js");
		}
	}

	private ConsumerConfiguration.Builder durable() {
		return ConsumerConfiguration.builder().durable("worker");
	}

	private ConsumerInfo provision(ConsumerConfiguration.Builder declared, ProvisioningMode mode) {
		return this.provisioner.provision(connection, this.stream, declared.build(), mode);
	}

}
