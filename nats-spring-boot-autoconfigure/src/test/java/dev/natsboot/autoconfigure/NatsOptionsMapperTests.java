package dev.natsboot.autoconfigure;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

import io.nats.client.Options;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class NatsOptionsMapperTests {

	static Stream<Arguments> properties() {
		return Stream.of(
				property("servers", "nats://a:1,nats://b:2", Options::getServers,
						List.of(URI.create("nats://a:1"), URI.create("nats://b:2"))),
				property("connection-name", "orders", Options::getConnectionName, "orders"),
				property("inbox-prefix", "_ORDERS", Options::getInboxPrefix, "_ORDERS."),
				property("no-echo", "true", Options::isNoEcho, true),
				property("connection-timeout", "7s", Options::getConnectionTimeout, Duration.ofSeconds(7)),
				property("ping-interval", "7s", Options::getPingInterval, Duration.ofSeconds(7)),
				property("ping-interval", "7s", Options::getSocketReadTimeoutMillis, 21_000),
				property("read-timeout", "0s", Options::getSocketReadTimeoutMillis, 0),
				property("read-timeout", "25s", Options::getSocketReadTimeoutMillis, 25_000),
				property("max-pings-out", "7", Options::getMaxPingsOut, 7),
				property("reconnect-wait", "7s", Options::getReconnectWait, Duration.ofSeconds(7)),
				property("reconnect-jitter", "7ms", Options::getReconnectJitter, Duration.ofMillis(7)),
				property("reconnect-jitter-tls", "7ms", Options::getReconnectJitterTls, Duration.ofMillis(7)),
				property("reconnect-buffer-size", "7KB", Options::getReconnectBufferSize, 7168L),
				property("reconnect-buffer-size", "-1", Options::getReconnectBufferSize, -1L),
				property("max-reconnects", "7", Options::getMaxReconnect, 7),
				property("outgoing-queue.max-messages", "7", Options::getMaxMessagesInOutgoingQueue, 7),
				property("outgoing-queue.discard-when-full", "true", Options::isDiscardMessagesWhenOutgoingQueueFull,
						true),
				property("request-cleanup-interval", "7ms", Options::getRequestCleanupInterval, Duration.ofMillis(7)),
				property("ignore-discovered-servers", "true", Options::isIgnoreDiscoveredServers, true),
				property("no-randomize", "true", Options::isNoRandomize, true),
				property("username", "app", (options) -> new String(options.getUsernameChars()), "app"),
				property("token", "secret", (options) -> new String(options.getTokenChars()), "secret"),
				property("ssl.enabled", "true", (options) -> options.getSslContext() != null, true),
				property("ssl.enabled", "true", Options::isTlsFirst, false));
	}

	private static <T> Arguments property(String name, String value, Function<Options, T> getter, T expected) {
		return arguments(name, value, getter, expected);
	}

	@ParameterizedTest(name = "{0}={1}")
	@MethodSource("properties")
	void mapsProperty(String name, String value, Function<Options, Object> getter, Object expected) {
		assertThat(getter.apply(map(Map.of("nats." + name, value)))).isEqualTo(expected);
	}

	@Test
	void mapsPasswordWithItsUser() {
		Options options = map(Map.of("nats.username", "app", "nats.password", "secret"));
		assertThat(options.getPasswordChars()).isEqualTo("secret".toCharArray());
	}

	@Test
	void mapsTlsFirstWithTls() {
		assertThat(map(Map.of("nats.tls-first", "true", "nats.ssl.enabled", "true")).isTlsFirst()).isTrue();
		assertThat(map(Map.of("nats.tls-first", "true", "nats.servers", "tls://a:1")).isTlsFirst()).isTrue();
	}

	@Test
	void hasDefaultsThatLoseNothing() {
		Options options = map(Map.of());
		assertThat(options.getServers()).containsExactly(URI.create("nats://localhost:4222"));
		assertThat(options.getMaxReconnect()).isEqualTo(-1);
		assertThat(options.getReconnectWait()).isEqualTo(Duration.ofMillis(250));
		assertThat(options.getReconnectJitter()).isPositive();
		assertThat(options.getReconnectJitterTls()).isPositive();
		assertThat(options.getMaxPingsOut()).isEqualTo(1000);
		assertThat(options.getSocketReadTimeoutMillis()).isEqualTo(60_000);
		assertThat(options.getRequestCleanupInterval()).isEqualTo(Duration.ofMillis(200));
		assertThat(options.isReportNoResponders()).isTrue();
		assertThat(options.useTimeoutException()).isTrue();
		assertThat(options.forceFlushOnRequest()).isFalse();
		assertThat(options.getSslContext()).isNull();
		assertThat(options.getConnectionName()).isNull();
		assertThat(options.getAuthHandler()).isNull();
		assertThat(options.isNoEcho()).isFalse();
	}

	@Test
	void keepsTheClientsOwnDefaultsElsewhere() {
		Options own = Options.builder().build();
		Options options = map(Map.of());
		assertThat(options.getConnectionTimeout()).isEqualTo(own.getConnectionTimeout());
		assertThat(options.getReconnectBufferSize()).isEqualTo(own.getReconnectBufferSize());
		assertThat(options.getMaxMessagesInOutgoingQueue()).isEqualTo(own.getMaxMessagesInOutgoingQueue());
		assertThat(options.getInboxPrefix()).isEqualTo(own.getInboxPrefix());
		assertThat(options.getReconnectJitter()).isEqualTo(own.getReconnectJitter());
		assertThat(options.getReconnectJitterTls()).isEqualTo(own.getReconnectJitterTls());
	}

	@ParameterizedTest(name = "{0}={1}")
	@CsvSource(delimiter = '|',
			textBlock = """
					servers                     | http://localhost:4222 | http://localhost:4222 | nats.servers=nats://one.example.org:4222
					servers                     | nats://one host:4222  | nats://one host:4222  | nats.servers=nats://one.example.org:4222
					connection-timeout          | 0s                    | 0s                    | nats.connection-timeout=2s
					ping-interval               | -1s                   | -1s                   | nats.ping-interval=20s
					reconnect-jitter            | 0s                    | 0s                    | nats.reconnect-jitter=100ms
					reconnect-jitter-tls        | 0s                    | 0s                    | nats.reconnect-jitter-tls=1s
					request-cleanup-interval    | 0s                    | 0s                    | nats.request-cleanup-interval=200ms
					drain-timeout               | -1s                   | -1s                   | nats.drain-timeout=10s
					reconnect-wait              | -1s                   | -1s                   | nats.reconnect-wait=250ms
					read-timeout                | -1s                   | -1s                   | nats.read-timeout=60s
					read-timeout                | 20s                   | 20s                   | nats.ping-interval=20s
					max-pings-out               | -1                    | -1                    | nats.max-pings-out=1000
					outgoing-queue.max-messages | 0                     | 0                     | nats.outgoing-queue.max-messages=5000
					tls-first                   | true                  | true                  | nats.ssl.enabled=true
					credentials                 | /no/such/file.creds   | /no/such/file.creds   | nats.credentials=file:/etc/nats/app.creds
					ssl.bundle                  | missing               | missing               | nats.ssl.bundle=nats
					""")
	void refusesValueThatCannotWork(String name, String value, String shown, String example) {
		assertThatExceptionOfType(InvalidNatsPropertyException.class)
			.isThrownBy(() -> map(Map.of("nats." + name, value)))
			.withMessageContaining("'nats." + name + "'")
			.withMessageContaining("'" + shown + "'")
			.withMessageContaining(example);
	}

	@Test
	void refusesEmptyListOfServers() {
		assertThatExceptionOfType(InvalidNatsPropertyException.class).isThrownBy(() -> map(Map.of("nats.servers", "")))
			.withMessageContaining("nats.servers=nats://localhost:4222");
	}

	@Test
	void refusesSecretsThatCannotWorkWithoutShowingThem() {
		refusesWithoutShowing("hidden", Map.of("nats.username", "app", "nats.token", "hidden"));
		refusesWithoutShowing("hidden", Map.of("nats.token", "hidden", "nats.nkey", "hidden"));
		refusesWithoutShowing("hidden", Map.of("nats.password", "hidden"));
		refusesWithoutShowing("hidden", Map.of("nats.jwt", "hidden"));
		refusesWithoutShowing("hidden", Map.of("nats.nkey", "hidden"));
		refusesWithoutShowing("hidden", Map.of("nats.servers", "nats://app:hidden@one host:4222"));
		refusesWithoutShowing("hidden", Map.of("nats.servers", "app:hidden@one host:4222"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			nats://app:a/hidden@nats.example.org:4222
			nats://app:12/hidden@nats.example.org:4222
			nats://app:12#hidden@nats.example.org:4222
			nats://app:12?hidden@nats.example.org:4222
			nats://app:a@b/hidden@nats.example.org:4222
			nats://app:hidden,tail@nats.example.org:4222
			nats://app:12,hid^den,tail@nats.example.org:4222
			nats://one:4222,nats://app:a/hidden@nats.example.org:4222
			app:hidden,tail@nats.example.org:4222
			nats://app:hidden:nats.example.org:4222
			""")
	void saysHowToWriteAPasswordInAnAddressWithoutShowingIt(String servers) {
		assertThatExceptionOfType(InvalidNatsPropertyException.class)
			.isThrownBy(() -> map(Map.of("nats.servers", servers)))
			.withMessageContaining("Property 'nats.servers' with value '")
			.withMessageContaining("special characters in a user or password must be percent-encoded")
			.withMessageContaining("nats.servers=nats://one.example.org:4222")
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("hid", "app", "tail"));
	}

	private void refusesWithoutShowing(String secret, Map<String, String> properties) {
		assertThatExceptionOfType(InvalidNatsPropertyException.class).isThrownBy(() -> map(properties))
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain(secret).contains("nats."));
	}

	@ParameterizedTest
	@CsvSource({ "localhost", "localhost:4222", "127.0.0.1", "nats://localhost", "tls://localhost:4222",
			"ws://localhost:8080", "nats://user:password@localhost:4222", "nats://user:a%2Fb%2Cc%40@localhost:4222",
			"ws://localhost:8080/path" })
	void acceptsAddress(String server) {
		assertThatNoException().isThrownBy(() -> map(Map.of("nats.servers", server)));
	}

	private static Options map(Map<String, String> properties) {
		NatsProperties bound = new Binder(new MapConfigurationPropertySource(new HashMap<>(properties)))
			.bindOrCreate("nats", NatsProperties.class);
		return new NatsOptionsMapper(bound, new PropertiesNatsConnectionDetails(bound, null)).map().build();
	}

}
