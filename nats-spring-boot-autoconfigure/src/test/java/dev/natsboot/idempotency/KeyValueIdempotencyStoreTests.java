package dev.natsboot.idempotency;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import dev.natsboot.core.NatsException;
import dev.natsboot.testsupport.InTime;
import dev.natsboot.testsupport.NatsCluster;
import dev.natsboot.testsupport.NatsServer;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamOptions;
import io.nats.client.KeyValue;
import io.nats.client.KeyValueOptions;
import io.nats.client.Nats;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.StorageType;
import io.nats.client.api.SuccessApiResponse;
import io.nats.client.impl.NatsMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class KeyValueIdempotencyStoreTests extends LeasedStoreContract {

	private static NatsServer server;

	private static Connection connection;

	private static KeyValue bucket;

	@BeforeAll
	static void start() throws Exception {
		server = new NatsServer();
		connection = Nats.connect(server.url());
		bucket = bucket("idempotency", Duration.ofHours(1));
	}

	@AfterAll
	static void stop() throws Exception {
		connection.close();
		server.close();
	}

	private static KeyValue bucket(String name, Duration ttl) throws IOException, JetStreamApiException {
		connection.keyValueManagement().create(KeyValueConfiguration.builder(name).ttl(ttl).build());
		return connection.keyValue(name);
	}

	@Override
	IdempotencyStore create(Duration lease, Clock clock) {
		return new KeyValueIdempotencyStore(() -> bucket, lease, clock);
	}

	@Test
	void aKeyIsForgottenAfterTheTimeOfItsBucket() throws Exception {
		KeyValue brief = bucket("brief", Duration.ofSeconds(3));
		IdempotencyStore store = new KeyValueIdempotencyStore(() -> brief, Duration.ofSeconds(30), this.clock);
		claimFrom(store, "a").confirm(Set.of("a"));
		assertThat(claimFrom(store, "a").duplicates()).containsExactly("a");
		await().untilAsserted(() -> assertThat(claimFrom(store, "a").granted()).containsExactly("a"));
	}

	@Test
	void keysCanBeLookedUpByHandWhereTheServerAllowsThem() {
		assertThat(KeyValueMarks.name("ORDERS.payment order-1")).isEqualTo("ORDERS.payment.order-1");
		assertThat(KeyValueMarks.name("payment.handle größe")).startsWith("payment.handle.sha256=");
	}

	@Test
	void aClaimThatWasStoredAlthoughItsAnswerWasLostBlocksNobody() {
		AtomicInteger lost = new AtomicInteger(1);
		IdempotencyStore store = new KeyValueIdempotencyStore(() -> failing("create", lost), Duration.ofSeconds(30),
				this.clock);
		assertThatExceptionOfType(NatsException.class).isThrownBy(() -> claimFrom(store, "a"))
			.withMessageContaining("idempotency store");
		assertThat(claimFrom(store, "a").granted()).containsExactly("a");
	}

	@Test
	void aClaimIsRenewedAlthoughTheAnswerToARenewalWasLost() {
		AtomicInteger lost = new AtomicInteger(1);
		assertRenewed(new KeyValueIdempotencyStore(() -> failing("update", lost), SHORT_LEASE, this.clock));
		assertThat(lost).hasValueLessThan(1);
	}

	@Test
	void aClaimIsRenewedAlthoughTheServerWasStillWritingItsKey() {
		AtomicInteger times = new AtomicInteger(1);
		assertRenewed(new KeyValueIdempotencyStore(() -> refusing("update", times), SHORT_LEASE, this.clock));
		assertThat(times).hasValueLessThan(1);
	}

	@Test
	void aMarkWhoseAnswerWasLostIsStoredAgain() {
		AtomicInteger lost = new AtomicInteger(2);
		IdempotencyStore store = new KeyValueIdempotencyStore(() -> failing("put", lost), Duration.ofSeconds(30),
				this.clock);
		claimFrom(store, "a").confirm(Set.of("a"));
		assertThat(lost).hasValueLessThanOrEqualTo(0);
		assertDuplicateFrom(store, "a");
	}

	@Test
	void aBucketThatCannotBeReachedKeepsNothingClaimed() {
		AtomicInteger lost = new AtomicInteger(1);
		IdempotencyStore store = new KeyValueIdempotencyStore(() -> failing("create", lost), Duration.ofSeconds(30),
				this.clock);
		assertThatExceptionOfType(NatsException.class)
			.isThrownBy(() -> store.claim("ORDERS.unreachable", Set.of("a", "b", "c")));
		assertThat(store.claim("ORDERS.unreachable", Set.of("a", "b", "c")).granted()).hasSize(3);
	}

	@Test
	void aClaimIsReleasedAlthoughTheServerWasStillWritingItsKey() {
		AtomicInteger times = new AtomicInteger(1);
		IdempotencyStore store = new KeyValueIdempotencyStore(() -> refusing("delete", times), Duration.ofSeconds(30),
				this.clock);
		claimFrom(store, "a").release();
		assertThat(times).hasValueLessThan(1);
		assertGranted("a");
	}

	@Test
	void aKeyThatTheServerIsWritingForSomebodyElseIsNotGranted() {
		IdempotencyStore store = new KeyValueIdempotencyStore(() -> refusing("create", new AtomicInteger(1)),
				Duration.ofSeconds(30), this.clock);
		assertThat(claimFrom(store, "a").busy()).containsOnlyKeys("a");
		claim("b");
		this.clock.advance(Duration.ofMinutes(1));
		IdempotencyStore late = new KeyValueIdempotencyStore(() -> refusing("update", new AtomicInteger(1)),
				Duration.ofSeconds(30), this.clock);
		assertThat(claimFrom(late, "b").busy()).containsOnlyKeys("b");
	}

	/**
	 * What is being replicated the server can't compare.
	 */
	@Test
	void inAClusterEachKeyIsGrantedToOneOfManyWhoWantItAtOnce() throws Exception {
		try (NatsCluster cluster = NatsServer.cluster(3);
				Connection one = Nats.connect(cluster.server(0).url());
				Connection two = Nats.connect(cluster.server(1).url())) {
			KeyValueOptions patient = KeyValueOptions.builder()
				.jetStreamOptions(JetStreamOptions.builder().requestTimeout(Duration.ofSeconds(10)).build())
				.build();
			one.keyValueManagement(patient)
				.create(KeyValueConfiguration.builder("replicated")
					.storageType(StorageType.Memory)
					.replicas(3)
					.build());
			List<KeyValueIdempotencyStore> stores = new ArrayList<>();
			for (Connection each : List.of(one, two, one, two, one, two)) {
				KeyValue replicated = each.keyValue("replicated", patient);
				stores.add(new KeyValueIdempotencyStore(() -> replicated, Duration.ofSeconds(30)));
			}
			for (int key = 0; key < 100; key++) {
				assertOneIsGranted(stores, String.valueOf(key));
			}
			stores.forEach(KeyValueIdempotencyStore::close);
		}
	}

	private static void assertOneIsGranted(List<KeyValueIdempotencyStore> stores, String key) {
		List<CompletableFuture<IdempotencyClaim>> claims = stores.stream()
			.map((store) -> CompletableFuture.supplyAsync(() -> store.claim("ORDERS.cluster", Set.of(key)),
					(task) -> new Thread(task).start()))
			.toList();
		InTime.join(claims);
		List<IdempotencyClaim> ended = claims.stream().map(CompletableFuture::join).toList();
		assertThat(ended).filteredOn((claim) -> claim.granted().contains(key)).hasSize(1);
		assertThat(ended).filteredOn((claim) -> claim.busy().containsKey(key)).hasSize(stores.size() - 1);
	}

	private void assertDuplicateFrom(IdempotencyStore store, String key) {
		assertThat(claimFrom(store, key).duplicates()).containsExactly(key);
	}

	/**
	 * A bucket whose server is still writing the key at the first calls.
	 */
	private static KeyValue refusing(String method, AtomicInteger times) {
		return (KeyValue) Proxy.newProxyInstance(KeyValue.class.getClassLoader(), new Class<?>[] { KeyValue.class },
				(proxy, called, arguments) -> {
					if (called.getName().equals(method) && times.getAndDecrement() > 0) {
						throw new JetStreamApiException(new SuccessApiResponse(NatsMessage.builder()
							.subject("answer")
							.data("{\"error\":{\"code\":400,\"err_code\":10164,\"description\":\"wrong last sequence\"}}")
							.build()).getErrorObject());
					}
					try {
						return called.invoke(bucket, arguments);
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				});
	}

	/**
	 * A bucket that does what it is told, but whose first answers are lost.
	 */
	private static KeyValue failing(String method, AtomicInteger times) {
		return (KeyValue) Proxy.newProxyInstance(KeyValue.class.getClassLoader(), new Class<?>[] { KeyValue.class },
				(proxy, called, arguments) -> {
					try {
						Object result = called.invoke(bucket, arguments);
						if (called.getName().equals(method) && times.getAndDecrement() > 0) {
							throw new IOException("Timeout or no response");
						}
						return result;
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				});
	}

}
