package dev.natsboot.autoconfigure;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;

import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.core.EndpointState.Status;
import dev.natsboot.testsupport.NatsCluster;
import dev.natsboot.testsupport.NatsServer;
import dev.natsboot.topology.ConsumerDeclaration;
import dev.natsboot.topology.ConsumerProvisioner;
import dev.natsboot.topology.ProvisioningMode;
import dev.natsboot.topology.StreamDeclaration;
import dev.natsboot.topology.TopologyDifference;
import dev.natsboot.topology.TopologyException;
import dev.natsboot.topology.TopologyProvisioner;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.KeyValue;
import io.nats.client.Nats;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.CompressionOption;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.ObjectStoreConfiguration;
import io.nats.client.api.ReplayPolicy;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

@ExtendWith(OutputCaptureExtension.class)
class NatsTopologyAutoConfigurationTests {

	private static NatsServer server;

	private static Connection connection;

	private static JetStreamManagement management;

	private final ApplicationContextRunner contextRunner = contextRunner(server);

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

	@AfterEach
	void deleteStreams() throws Exception {
		server.deleteStreams(management);
	}

	@Test
	void needsNoJetStreamWhenNothingIsDeclared() {
		this.contextRunner.run((context) -> {
			assertThat(context).hasSingleBean(ConsumerProvisioner.class);
			assertThat(context.getBean(TopologyProvisioner.class).getState().status()).isEqualTo(Status.RUNNING);
		});
	}

	@Test
	void backsOffWithoutAConnectionManager() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(NatsJetStreamOptionsAutoConfiguration.class,
					NatsTopologyAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(TopologyProvisioner.class));
	}

	@Test
	void asksForAPrimaryConnectionWhenThereAreSeveral() {
		ApplicationContextRunner runner = this.contextRunner.withBean("other", NatsConnectionManager.class,
				() -> NatsConnectionManager.builder().options((options) -> options.server(server.url())).build());
		runner.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(ConsumerProvisioner.class));
		runner.withPropertyValues("nats.jetstream.streams.ORDERS.subjects=orders.>")
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("@Primary"));
	}

	@Test
	void createsReplicasInAClusterByOneProperty() throws Exception {
		try (NatsCluster cluster = NatsServer.cluster(3); Connection member = Nats.connect(cluster.server(0).url())) {
			contextRunner(cluster.urls())
				.withPropertyValues("nats.jetstream.replicas=3", "nats.jetstream.streams.ORDERS.subjects=orders.>",
						"nats.jetstream.streams.LOCAL.subjects=local.>", "nats.jetstream.streams.LOCAL.replicas=1",
						"nats.jetstream.key-value.prices.history=2")
				.withBean(StreamConfiguration.class,
						() -> StreamConfiguration.builder().name("BEAN").subjects("bean").build())
				.run((context) -> {
					TopologyProvisioner provisioner = context.getBean(TopologyProvisioner.class);
					await().atMost(Duration.ofSeconds(30))
						.untilAsserted(() -> assertThat(provisioner.getState().status()).isEqualTo(Status.RUNNING));
					JetStreamManagement members = member.jetStreamManagement();
					assertThat(members.getStreamInfo("ORDERS").getConfiguration().getReplicas()).isEqualTo(3);
					assertThat(members.getStreamInfo("BEAN").getConfiguration().getReplicas()).isEqualTo(3);
					assertThat(members.getStreamInfo("KV_prices").getConfiguration().getReplicas()).isEqualTo(3);
					assertThat(members.getStreamInfo("LOCAL").getConfiguration().getReplicas()).isEqualTo(1);
				});
		}
	}

	@Test
	void createsAStreamWithAllThatIsDeclared() {
		this.contextRunner.withPropertyValues("nats.jetstream.streams.ORDERS.subjects=orders.>,order.*",
				"nats.jetstream.streams.ORDERS.description=All orders", "nats.jetstream.streams.ORDERS.storage=memory",
				"nats.jetstream.streams.ORDERS.retention=work-queue", "nats.jetstream.streams.ORDERS.max-age=7d",
				"nats.jetstream.streams.ORDERS.max-bytes=10MB", "nats.jetstream.streams.ORDERS.max-messages=1000",
				"nats.jetstream.streams.ORDERS.max-messages-per-subject=10",
				"nats.jetstream.streams.ORDERS.max-message-size=1KB", "nats.jetstream.streams.ORDERS.max-consumers=5",
				"nats.jetstream.streams.ORDERS.discard=new",
				"nats.jetstream.streams.ORDERS.discard-new-per-subject=true",
				"nats.jetstream.streams.ORDERS.duplicate-window=30s", "nats.jetstream.streams.ORDERS.allow-direct=true",
				"nats.jetstream.streams.ORDERS.allow-rollup=true", "nats.jetstream.streams.ORDERS.deny-delete=true")
			.run((context) -> {
				StreamConfiguration stream = management.getStreamInfo("ORDERS").getConfiguration();
				assertThat(stream.getSubjects()).containsExactly("orders.>", "order.*");
				assertThat(stream.getDescription()).isEqualTo("All orders");
				assertThat(stream.getStorageType()).isEqualTo(StorageType.Memory);
				assertThat(stream.getRetentionPolicy()).isEqualTo(RetentionPolicy.WorkQueue);
				assertThat(stream.getMaxAge()).isEqualTo(Duration.ofDays(7));
				assertThat(stream.getMaxBytes()).isEqualTo(10 * 1024 * 1024);
				assertThat(stream.getMaxMsgs()).isEqualTo(1000);
				assertThat(stream.getMaxMsgsPerSubject()).isEqualTo(10);
				assertThat(stream.getMaximumMessageSize()).isEqualTo(1024);
				assertThat(stream.getMaxConsumers()).isEqualTo(5);
				assertThat(stream.getDiscardPolicy()).isEqualTo(DiscardPolicy.New);
				assertThat(stream.isDiscardNewPerSubject()).isTrue();
				assertThat(stream.getDuplicateWindow()).isEqualTo(Duration.ofSeconds(30));
				assertThat(stream.getAllowDirect()).isTrue();
				assertThat(stream.getAllowRollup()).isTrue();
				assertThat(stream.getDenyDelete()).isTrue();
				TopologyProvisioner provisioner = context.getBean(TopologyProvisioner.class);
				assertThat(provisioner.getState().status()).isEqualTo(Status.RUNNING);
				assertThat(provisioner.getDifferences()).isEmpty();
			});
	}

	@Test
	void createsConsumersWithAllThatIsDeclared() {
		this.contextRunner.withPropertyValues("nats.jetstream.streams.ORDERS.subjects=orders.>",
				"nats.jetstream.consumers.payment.stream=ORDERS",
				"nats.jetstream.consumers.payment.description=Charges",
				"nats.jetstream.consumers.payment.filter-subjects=orders.created.*",
				"nats.jetstream.consumers.payment.ack-policy=explicit", "nats.jetstream.consumers.payment.ack-wait=45s",
				"nats.jetstream.consumers.payment.max-deliver=6", "nats.jetstream.consumers.payment.max-ack-pending=77",
				"nats.jetstream.consumers.payment.deliver-policy=by-start-time",
				"nats.jetstream.consumers.payment.start-time=2026-01-31T12:00:00Z",
				"nats.jetstream.consumers.payment.replay-policy=original",
				"nats.jetstream.consumers.payment.inactive-threshold=2h",
				"nats.jetstream.consumers.payment.max-pull-waiting=33", "nats.jetstream.consumers.payment.max-batch=44",
				"nats.jetstream.consumers.payment.max-bytes=1MB", "nats.jetstream.consumers.payment.max-expires=20s",
				"nats.jetstream.consumers.payment.headers-only=true",
				"nats.jetstream.consumers.payment.memory-storage=true")
			.run((context) -> {
				ConsumerConfiguration consumer = management.getConsumerInfo("ORDERS", "payment")
					.getConsumerConfiguration();
				assertThat(consumer.getDescription()).isEqualTo("Charges");
				assertThat(consumer.getFilterSubjects()).containsExactly("orders.created.*");
				assertThat(consumer.getAckPolicy()).isEqualTo(AckPolicy.Explicit);
				assertThat(consumer.getAckWait()).isEqualTo(Duration.ofSeconds(45));
				assertThat(consumer.getMaxDeliver()).isEqualTo(6);
				assertThat(consumer.getMaxAckPending()).isEqualTo(77);
				assertThat(consumer.getDeliverPolicy()).isEqualTo(DeliverPolicy.ByStartTime);
				assertThat(consumer.getStartTime().toInstant())
					.isEqualTo(ZonedDateTime.of(2026, 1, 31, 12, 0, 0, 0, ZoneOffset.UTC).toInstant());
				assertThat(consumer.getReplayPolicy()).isEqualTo(ReplayPolicy.Original);
				assertThat(consumer.getInactiveThreshold()).isEqualTo(Duration.ofHours(2));
				assertThat(consumer.getMaxPullWaiting()).isEqualTo(33);
				assertThat(consumer.getMaxBatch()).isEqualTo(44);
				assertThat(consumer.getMaxBytes()).isEqualTo(1024 * 1024);
				assertThat(consumer.getMaxExpires()).isEqualTo(Duration.ofSeconds(20));
				assertThat(consumer.isHeadersOnly()).isTrue();
				assertThat(consumer.isMemStorage()).isTrue();
				assertThat(context.getBean(TopologyProvisioner.class).getState().status()).isEqualTo(Status.RUNNING);
			});
	}

	@Test
	void takesNamesFromPropertiesWhereTheKeyIsNotTheName() {
		this.contextRunner
			.withPropertyValues("nats.jetstream.streams.orders.name=ORDERS",
					"nats.jetstream.streams.orders.subjects=orders.>", "nats.jetstream.consumers.first.stream=ORDERS",
					"nats.jetstream.consumers.first.name=one")
			.run((context) -> assertThat(management.getConsumerNames("ORDERS")).containsExactly("one"));
	}

	@Test
	void createsBucketsAndObjectStores() {
		this.contextRunner.withPropertyValues("nats.jetstream.key-value.prices.history=5",
				"nats.jetstream.key-value.prices.ttl=1h", "nats.jetstream.key-value.prices.storage=memory",
				"nats.jetstream.key-value.prices.max-value-size=1KB", "nats.jetstream.key-value.prices.max-bytes=1MB",
				"nats.jetstream.object-store.invoices.description=Invoices",
				"nats.jetstream.object-store.invoices.ttl=30d")
			.run((context) -> {
				KeyValueConfiguration bucket = connection.keyValueManagement().getStatus("prices").getConfiguration();
				assertThat(bucket.getMaxHistoryPerKey()).isEqualTo(5);
				assertThat(bucket.getTtl()).isEqualTo(Duration.ofHours(1));
				assertThat(bucket.getStorageType()).isEqualTo(StorageType.Memory);
				assertThat(bucket.getMaximumValueSize()).isEqualTo(1024);
				assertThat(bucket.getMaxBucketSize()).isEqualTo(1024 * 1024);
				KeyValue keyValue = connection.keyValue("prices");
				keyValue.put("apple", "1.20");
				assertThat(keyValue.get("apple").getValueAsString()).isEqualTo("1.20");
				ObjectStoreConfiguration store = connection.objectStoreManagement()
					.getStatus("invoices")
					.getConfiguration();
				assertThat(store.getDescription()).isEqualTo("Invoices");
				assertThat(store.getTtl()).isEqualTo(Duration.ofDays(30));
				connection.objectStore("invoices").put("1", new byte[] { 1, 2 });
				assertThat(connection.objectStore("invoices").getInfo("1").getSize()).isEqualTo(2);
			});
	}

	@Test
	void provisionsBeans() {
		this.contextRunner
			.withBean("orders", StreamConfiguration.class,
					() -> StreamConfiguration.builder().name("ORDERS").subjects("orders.>").build())
			.withBean("audit", StreamDeclaration.class,
					() -> new StreamDeclaration(StreamConfiguration.builder().name("AUDIT").subjects("audit.>").build(),
							Set.of(), ProvisioningMode.UPDATE, null))
			.withBean(ConsumerDeclaration.class,
					() -> new ConsumerDeclaration("ORDERS", ConsumerConfiguration.builder().durable("payment").build()))
			.withBean(KeyValueConfiguration.class, () -> KeyValueConfiguration.builder("prices").build())
			.withBean(ObjectStoreConfiguration.class, () -> ObjectStoreConfiguration.builder("invoices").build())
			.run((context) -> {
				assertThat(management.getStreamNames()).containsExactlyInAnyOrder("ORDERS", "AUDIT", "KV_prices",
						"OBJ_invoices");
				assertThat(management.getConsumerNames("ORDERS")).containsExactly("payment");
			});
	}

	@Test
	void refusesWhatIsDeclaredTwice() {
		this.contextRunner.withPropertyValues("nats.jetstream.streams.ORDERS.subjects=orders.>")
			.withBean("orders", StreamConfiguration.class,
					() -> StreamConfiguration.builder().name("ORDERS").subjects("orders.>").build())
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("stream 'ORDERS' (bean 'orders') is declared twice"));
	}

	@Test
	void namesThePropertyThatTheClientRefuses() {
		this.contextRunner.withPropertyValues("nats.jetstream.streams.ORDERS.max-messages=0")
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining(
						"Property 'nats.jetstream.streams.ORDERS.max-messages' with value '0' is invalid: "));
		this.contextRunner.withPropertyValues("nats.jetstream.key-value.prices.history=100")
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining(
						"Property 'nats.jetstream.key-value.prices.history' with value '100' is invalid: "));
		this.contextRunner.withPropertyValues("nats.jetstream.streams[a.b].subjects=a")
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("Property 'nats.jetstream.streams.a.b.name' with value 'a.b' is invalid: "));
	}

	@Test
	void refusesAConsumerWithoutAStream() {
		this.contextRunner.withPropertyValues("nats.jetstream.consumers.payment.ack-wait=1m")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("nats.jetstream.consumers.payment.stream=ORDERS"));
	}

	@Test
	void secondStartChangesNothing() throws Exception {
		Queue<String> changes = new ConcurrentLinkedQueue<>();
		Dispatcher dispatcher = connection.createDispatcher((message) -> changes.add(message.getSubject()));
		dispatcher.subscribe("$JS.EVENT.ADVISORY.STREAM.>").subscribe("$JS.EVENT.ADVISORY.CONSUMER.>");
		connection.flush(Duration.ofSeconds(5));
		ApplicationContextRunner runner = this.contextRunner.withPropertyValues("nats.jetstream.provisioning=update",
				"nats.jetstream.streams.ORDERS.subjects=orders.>", "nats.jetstream.streams.ORDERS.storage=file",
				"nats.jetstream.streams.ORDERS.replicas=1", "nats.jetstream.streams.ORDERS.max-age=1d",
				"nats.jetstream.streams.ORDERS.duplicate-window=2m", "nats.jetstream.consumers.payment.stream=ORDERS",
				"nats.jetstream.consumers.payment.ack-wait=30s", "nats.jetstream.consumers.payment.max-deliver=-1",
				"nats.jetstream.consumers.payment.filter-subjects=orders.a",
				"nats.jetstream.key-value.prices.history=1", "nats.jetstream.key-value.prices.ttl=1m",
				"nats.jetstream.object-store.invoices.storage=file");
		runner.run((context) -> assertThat(context).hasNotFailed());
		await().untilAsserted(() -> assertThat(undeleted(changes)).hasSize(4));
		String before = management.getStreamInfo("ORDERS").getConfiguration().toJson();
		runner.run((context) -> assertThat(context.getBean(TopologyProvisioner.class).getState().status())
			.isEqualTo(Status.RUNNING));
		server.deleteStream(management, "OBJ_invoices");
		await()
			.untilAsserted(() -> assertThat(changes).anyMatch((subject) -> subject.endsWith("DELETED.OBJ_invoices")));
		assertThat(undeleted(changes)).hasSize(4).noneMatch((subject) -> subject.contains("UPDATED"));
		assertThat(management.getStreamInfo("ORDERS").getConfiguration().toJson()).isEqualTo(before);
		connection.closeDispatcher(dispatcher);
	}

	/**
	 * Streams of the test before may be deleted meanwhile.
	 */
	private static List<String> undeleted(Collection<String> changes) {
		return changes.stream().filter((subject) -> !subject.contains("DELETED")).toList();
	}

	@Test
	void createModeReportsDriftAndChangesNothing(CapturedOutput output) throws Exception {
		addOrders((builder) -> builder.maxAge(Duration.ofHours(12)).maxBytes(1024));
		this.contextRunner
			.withPropertyValues("nats.jetstream.streams.ORDERS.subjects=orders.>",
					"nats.jetstream.streams.ORDERS.max-age=1d", "nats.jetstream.streams.ORDERS.storage=memory")
			.run((context) -> {
				TopologyProvisioner provisioner = context.getBean(TopologyProvisioner.class);
				assertThat(provisioner.getState().status()).isEqualTo(Status.RUNNING);
				assertThat(provisioner.getDifferences()).extracting(TopologyDifference::summary)
					.containsExactlyInAnyOrder("max-age: declared 1d, server 12h",
							"storage: declared memory, server file");
				assertThat(output).contains("WARN")
					.contains("JetStream stream 'ORDERS' differs")
					.contains("max-age: declared 1d, server 12h")
					.contains("nats.jetstream.streams.ORDERS.provisioning=update")
					.contains("storage: declared memory, server file. The server can't change it")
					.doesNotContain("max-bytes");
			});
		assertThat(management.getStreamInfo("ORDERS").getConfiguration().getMaxAge()).isEqualTo(Duration.ofHours(12));
	}

	@Test
	void updateModeChangesWhatIsDeclaredAndKeepsTheRest() throws Exception {
		addOrders((builder) -> builder.maxAge(Duration.ofHours(12)).maxBytes(1024 * 1024).addSubjects("foreign.*"));
		this.contextRunner
			.withPropertyValues("nats.jetstream.streams.ORDERS.provisioning=update",
					"nats.jetstream.streams.ORDERS.subjects=orders.>,payments.>",
					"nats.jetstream.streams.ORDERS.max-age=1d", "nats.jetstream.streams.ORDERS.discard=new")
			.run((context) -> {
				StreamConfiguration stream = management.getStreamInfo("ORDERS").getConfiguration();
				assertThat(stream.getMaxAge()).isEqualTo(Duration.ofDays(1));
				assertThat(stream.getDiscardPolicy()).isEqualTo(DiscardPolicy.New);
				assertThat(stream.getMaxBytes()).isEqualTo(1024 * 1024);
				assertThat(stream.getSubjects()).containsExactlyInAnyOrder("orders.>", "foreign.*", "payments.>");
				assertThat(context.getBean(TopologyProvisioner.class).getState().status()).isEqualTo(Status.RUNNING);
			});
	}

	@Test
	void updateModeUpdatesBuckets() throws Exception {
		connection.keyValueManagement()
			.create(KeyValueConfiguration.builder("prices").maxHistoryPerKey(2).ttl(Duration.ofHours(1)).build());
		connection.keyValue("prices").put("apple", "1.20");
		this.contextRunner
			.withPropertyValues("nats.jetstream.provisioning=update", "nats.jetstream.key-value.prices.history=9")
			.run((context) -> {
				KeyValueConfiguration bucket = connection.keyValueManagement().getStatus("prices").getConfiguration();
				assertThat(bucket.getMaxHistoryPerKey()).isEqualTo(9);
				assertThat(bucket.getTtl()).isEqualTo(Duration.ofHours(1));
				assertThat(connection.keyValue("prices").get("apple").getValueAsString()).isEqualTo("1.20");
			});
	}

	@Test
	void updateModeShortensTheDuplicateWindowWithTheAge() throws Exception {
		connection.keyValueManagement()
			.create(KeyValueConfiguration.builder("prices").ttl(Duration.ofHours(1)).build());
		addOrders((builder) -> builder.maxAge(Duration.ofHours(1)));
		this.contextRunner
			.withPropertyValues("nats.jetstream.provisioning=update", "nats.jetstream.key-value.prices.ttl=1m",
					"nats.jetstream.streams.ORDERS.subjects=orders.>", "nats.jetstream.streams.ORDERS.max-age=30s")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				StreamConfiguration bucket = management.getStreamInfo("KV_prices").getConfiguration();
				assertThat(bucket.getMaxAge()).isEqualTo(Duration.ofMinutes(1));
				assertThat(bucket.getDuplicateWindow()).isEqualTo(Duration.ofMinutes(1));
				StreamConfiguration stream = management.getStreamInfo("ORDERS").getConfiguration();
				assertThat(stream.getMaxAge()).isEqualTo(Duration.ofSeconds(30));
				assertThat(stream.getDuplicateWindow()).isEqualTo(Duration.ofSeconds(30));
			});
	}

	@Test
	void updateModeLeavesADeclaredDuplicateWindowToTheServer() throws Exception {
		addOrders((builder) -> builder.maxAge(Duration.ofHours(1)));
		this.contextRunner
			.withPropertyValues("nats.startup=fail-fast", "nats.jetstream.provisioning=update",
					"nats.jetstream.streams.ORDERS.subjects=orders.>", "nats.jetstream.streams.ORDERS.max-age=30s",
					"nats.jetstream.streams.ORDERS.duplicate-window=2m")
			.run((context) -> assertThat(context).getFailure()
				.cause()
				.isInstanceOf(TopologyException.class)
				.hasMessageContaining("duplicates window"));
	}

	@Test
	void updateModeNamesWhatTheServerCannotChange(CapturedOutput output) throws Exception {
		addOrders((builder) -> builder.maxAge(Duration.ofHours(12)));
		this.contextRunner
			.withPropertyValues("nats.jetstream.provisioning=update", "nats.jetstream.streams.ORDERS.storage=memory",
					"nats.jetstream.streams.ORDERS.max-age=1d")
			.run((context) -> {
				TopologyProvisioner provisioner = context.getBean(TopologyProvisioner.class);
				assertThat(provisioner.getState().isFailing()).isTrue();
				assertThat(provisioner.getState().lastError())
					.contains("stream 'ORDERS', storage: declared memory, server file. The server can't change it")
					.contains("nats.jetstream.streams.ORDERS.storage=file")
					.doesNotContain("max-age");
				assertThat(output).contains("ERROR").contains("storage: declared memory, server file");
			});
		assertThat(management.getStreamInfo("ORDERS").getConfiguration().getMaxAge()).isEqualTo(Duration.ofDays(1));
	}

	@Test
	void validateModeRefusesToStartAndListsEverything() throws Exception {
		addOrders((builder) -> builder.maxAge(Duration.ofHours(12)));
		this.contextRunner.withPropertyValues("nats.jetstream.provisioning=validate",
				"nats.jetstream.streams.ORDERS.subjects=orders.>", "nats.jetstream.streams.ORDERS.max-age=1d",
				"nats.jetstream.streams.ORDERS.max-messages=5", "nats.jetstream.streams.PAYMENTS.subjects=payments.>",
				"nats.jetstream.key-value.prices.history=5", "nats.jetstream.consumers.payment.stream=ORDERS")
			.run((context) -> assertThat(context).getFailure()
				.cause()
				.isInstanceOf(TopologyException.class)
				.hasMessageContaining("JetStream is not as the application declares it:")
				.hasMessageContaining("stream 'ORDERS', max-age: declared 1d, server 12h. "
						+ "Set nats.jetstream.streams.ORDERS.provisioning=update to change the server, or remove "
						+ "nats.jetstream.streams.ORDERS.max-age or declare the server's value "
						+ "(nats.jetstream.streams.ORDERS.max-age=12h)")
				.hasMessageContaining("max-messages: declared 5, server -1")
				.hasMessageContaining("stream 'PAYMENTS' does not exist. Create it, or have it created: "
						+ "nats.jetstream.streams.PAYMENTS.provisioning=create")
				.hasMessageContaining("key-value bucket 'prices' does not exist")
				.hasMessageContaining("consumer 'payment' of stream 'ORDERS' does not exist"));
		assertThat(management.getStreamNames()).containsExactly("ORDERS");
		assertThat(management.getConsumerNames("ORDERS")).isEmpty();
	}

	@Test
	void validateModeStartsWhenEverythingIsAsDeclared() throws Exception {
		addOrders((builder) -> builder.maxAge(Duration.ofDays(1)).addSubjects("foreign"));
		this.contextRunner
			.withPropertyValues("nats.jetstream.provisioning=validate",
					"nats.jetstream.streams.ORDERS.subjects=orders.>", "nats.jetstream.streams.ORDERS.max-age=1d")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void validationOfOneStreamDoesNotConcernTheOthers() throws Exception {
		addOrders((builder) -> builder.maxAge(Duration.ofHours(12)));
		this.contextRunner
			.withPropertyValues("nats.jetstream.streams.ORDERS.max-age=12h",
					"nats.jetstream.streams.ORDERS.provisioning=validate",
					"nats.jetstream.streams.PAYMENTS.subjects=payments.>")
			.run((context) -> assertThat(management.getStreamNames()).containsExactlyInAnyOrder("ORDERS", "PAYMENTS"));
	}

	@Test
	void noneModeDoesNothing(CapturedOutput output) throws Exception {
		addOrders((builder) -> builder.maxAge(Duration.ofHours(12)));
		this.contextRunner
			.withPropertyValues("nats.jetstream.provisioning=none", "nats.jetstream.streams.ORDERS.max-age=1d",
					"nats.jetstream.streams.PAYMENTS.subjects=payments.>",
					"nats.jetstream.consumers.payment.stream=ORDERS")
			.run((context) -> {
				assertThat(management.getStreamNames()).containsExactly("ORDERS");
				assertThat(management.getConsumerNames("ORDERS")).isEmpty();
				assertThat(output).doesNotContain("differs");
			});
	}

	@Test
	void namesTheServerVersionThatAnIgnoredFeatureNeeds(CapturedOutput output) {
		assumeTrue(connection.getServerInfo().isOlderThanVersion("2.10.0"), "an old server");
		ApplicationContextRunner runner = this.contextRunner.withPropertyValues(
				"nats.jetstream.streams.ORDERS.subjects=orders.>",
				"nats.jetstream.streams.ORDERS.allow-message-ttl=true", "nats.jetstream.streams.ORDERS.compression=s2",
				"nats.jetstream.streams.ORDERS.metadata.team=payments");
		runner.run((context) -> assertThat(output).contains("ERROR")
			.contains("allow-message-ttl: declared true, server false. nats-server 2.9")
			.contains("ignores allow-message-ttl: use 2.11.0 or later")
			.contains("ignores compression: use 2.10.0 or later")
			.contains("ignores metadata: use 2.10.0 or later"));
		runner.withPropertyValues("nats.jetstream.provisioning=validate")
			.run((context) -> assertThat(context).getFailure()
				.cause()
				.hasMessageContaining("ignores allow-message-ttl: use 2.11.0 or later"));
	}

	@Test
	void keepsForeignMetadataAndAddsWhatIsDeclared() throws Exception {
		assumeTrue(connection.getServerInfo().isSameOrNewerThanVersion("2.10.0"), "a server that knows metadata");
		addOrders((builder) -> builder.metadata(Map.of("owner", "orders-team")));
		this.contextRunner.withPropertyValues("nats.jetstream.provisioning=update",
				"nats.jetstream.streams.ORDERS.metadata.team=payments", "nats.jetstream.streams.ORDERS.compression=s2")
			.run((context) -> {
				StreamConfiguration stream = management.getStreamInfo("ORDERS").getConfiguration();
				assertThat(stream.getMetadata()).containsEntry("team", "payments")
					.containsEntry("owner", "orders-team");
				assertThat(stream.getCompressionOption()).isEqualTo(CompressionOption.S2);
				assertThat(context.getBean(TopologyProvisioner.class).getState().status()).isEqualTo(Status.RUNNING);
			});
	}

	@Test
	void defaultReplicasSayWhatASingleServerCannotDo(CapturedOutput output) {
		this.contextRunner.withPropertyValues("nats.jetstream.replicas=3", "nats.jetstream.streams.ORDERS.subjects=a")
			.run((context) -> {
				assertThat(context.getBean(TopologyProvisioner.class).getState().isFailing()).isTrue();
				assertThat(output).contains("create stream 'ORDERS'").contains("nats.jetstream.replicas=1");
			});
	}

	@Test
	void saysWhenAnotherStreamHasTheSubjects(CapturedOutput output) throws Exception {
		addOrders((builder) -> builder);
		this.contextRunner.withPropertyValues("nats.jetstream.streams.OTHER.subjects=orders.created").run((context) -> {
			assertThat(context.getBean(TopologyProvisioner.class).getState().isFailing()).isTrue();
			assertThat(output).contains("create stream 'OTHER'").contains("Another stream captures");
		});
	}

	@Test
	void failsFastWhenTheServerRefuses() throws Exception {
		addOrders((builder) -> builder);
		this.contextRunner
			.withPropertyValues("nats.startup=fail-fast", "nats.jetstream.streams.OTHER.subjects=orders.created")
			.run((context) -> assertThat(context).getFailure()
				.cause()
				.isInstanceOf(TopologyException.class)
				.hasMessageContaining("The server refused to create stream 'OTHER'"));
	}

	@Test
	void recoversByItselfWhenTheReasonIsGone() throws Exception {
		addOrders((builder) -> builder);
		this.contextRunner.withPropertyValues("nats.jetstream.streams.OTHER.subjects=orders.created").run((context) -> {
			TopologyProvisioner provisioner = context.getBean(TopologyProvisioner.class);
			assertThat(provisioner.getState().status()).isEqualTo(Status.RECOVERING);
			server.deleteStream(management, "ORDERS");
			await().untilAsserted(() -> assertThat(provisioner.getState().status()).isEqualTo(Status.RUNNING));
			assertThat(management.getStreamNames()).containsExactly("OTHER");
		});
	}

	@Test
	void startsWithoutNatsAndProvisionsWhenItComes() {
		NatsServer late = new NatsServer();
		late.stop();
		contextRunner(late)
			.withPropertyValues("nats.jetstream.provisioning=create", "nats.jetstream.streams.ORDERS.subjects=orders.>")
			.run((context) -> {
				TopologyProvisioner provisioner = context.getBean(TopologyProvisioner.class);
				assertThat(provisioner.getState().status()).isEqualTo(Status.STARTING);
				late.start();
				await().atMost(Duration.ofSeconds(20))
					.untilAsserted(() -> assertThat(provisioner.getState().status()).isEqualTo(Status.RUNNING));
			});
		late.close();
	}

	@Test
	void provisionsAgainWhatAServerForgot() {
		NatsServer forgetful = new NatsServer();
		contextRunner(forgetful)
			.withPropertyValues("nats.jetstream.streams.ORDERS.subjects=orders.>",
					"nats.jetstream.streams.ORDERS.storage=memory", "nats.jetstream.streams.FILE.subjects=file.>")
			.run((context) -> {
				Connection own = context.getBean(NatsConnectionManager.class).connection();
				own.jetStream().publish("file.1", new byte[] { 1 });
				own.jetStream().publish("orders.1", new byte[] { 1 });
				forgetful.stop();
				forgetful.start();
				await().atMost(Duration.ofSeconds(20)).ignoreExceptions().untilAsserted(() -> {
					JetStreamManagement own2 = own.jetStreamManagement();
					assertThat(own2.getStreamInfo("ORDERS").getStreamState().getMsgCount()).isZero();
					assertThat(own2.getStreamInfo("FILE").getStreamState().getMsgCount()).isOne();
				});
			});
		forgetful.close();
	}

	@Test
	void retentionBySizeCountAndTimeIsKeptByTheServer() {
		this.contextRunner
			.withPropertyValues("nats.jetstream.streams.COUNT.subjects=count",
					"nats.jetstream.streams.COUNT.max-messages=3", "nats.jetstream.streams.SIZE.subjects=size",
					"nats.jetstream.streams.SIZE.max-bytes=1KB", "nats.jetstream.streams.TIME.subjects=time",
					"nats.jetstream.streams.TIME.max-age=1s", "nats.jetstream.streams.TIME.duplicate-window=1s",
					"nats.jetstream.streams.FULL.subjects=full", "nats.jetstream.streams.FULL.max-messages=2",
					"nats.jetstream.streams.FULL.discard=new")
			.run((context) -> {
				JetStream jetStream = connection.jetStream();
				for (int i = 0; i < 10; i++) {
					for (String subject : new String[] { "count", "size", "time" }) {
						jetStream.publish(subject, new byte[200]);
					}
				}
				assertThat(management.getStreamInfo("COUNT").getStreamState().getMsgCount()).isEqualTo(3);
				assertThat(management.getStreamInfo("COUNT").getStreamState().getFirstSequence()).isEqualTo(8);
				assertThat(management.getStreamInfo("SIZE").getStreamState().getByteCount()).isBetween(200L, 1024L);
				await().untilAsserted(
						() -> assertThat(management.getStreamInfo("TIME").getStreamState().getMsgCount()).isZero());
				assertThat(management.getStreamInfo("TIME").getStreamState().getLastSequence()).isEqualTo(10);
				jetStream.publish("full", new byte[1]);
				jetStream.publish("full", new byte[1]);
				assertThatExceptionOfType(JetStreamApiException.class)
					.isThrownBy(() -> jetStream.publish("full", new byte[1]))
					.withMessageContaining("maximum messages exceeded");
			});
	}

	private static void addOrders(UnaryOperator<StreamConfiguration.Builder> customizer) throws Exception {
		management
			.addStream(customizer.apply(StreamConfiguration.builder().name("ORDERS").subjects("orders.>")).build());
	}

	private static ApplicationContextRunner contextRunner(NatsServer server) {
		return contextRunner(server.url());
	}

	private static ApplicationContextRunner contextRunner(String urls) {
		return new ApplicationContextRunner()
			.withBean("natsConnectionManager", NatsConnectionManager.class,
					() -> NatsConnectionManager.builder()
						.options((options) -> options.servers(urls.split(",")).reconnectWait(Duration.ofMillis(100)))
						.build())
			.withConfiguration(AutoConfigurations.of(NatsJetStreamOptionsAutoConfiguration.class,
					NatsTopologyAutoConfiguration.class));
	}

}
