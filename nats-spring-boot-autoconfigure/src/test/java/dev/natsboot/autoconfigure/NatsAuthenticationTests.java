package dev.natsboot.autoconfigure;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

import dev.natsboot.connection.NatsConnectException;
import dev.natsboot.connection.NatsConnectException.Reason;
import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.testsupport.NatsServer;
import io.nats.client.Connection;
import io.nats.client.NKey;
import io.nats.client.support.JsonSerializable;
import io.nats.client.support.JwtUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class NatsAuthenticationTests {

	private static final String SECRET = "s3cr3t-never-shown";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(NatsAutoConfiguration.class))
		.withPropertyValues("nats.startup=fail-fast", "nats.connection-timeout=1s");

	@Test
	void signsInAsUser() {
		try (NatsServer server = new NatsServer("authorization { user: app, password: \"" + SECRET + "\" }")) {
			accepted(server, "nats.username=app", "nats.password=" + SECRET);
			accepted("nats.servers=nats://app:" + SECRET + "@localhost:" + server.port());
			refused(server, "nats.username=app", "nats.password=wrong-" + SECRET);
			refused(server, "nats.username=other", "nats.password=" + SECRET);
			refused(server);
		}
	}

	@Test
	void signsInWithToken() {
		try (NatsServer server = new NatsServer("authorization { token: \"" + SECRET + "\" }")) {
			accepted(server, "nats.token=" + SECRET);
			refused(server, "nats.token=wrong-" + SECRET);
		}
	}

	@Test
	void signsInWithNkey() throws Exception {
		NKey key = NKey.createUser(new SecureRandom());
		NKey other = NKey.createUser(new SecureRandom());
		try (NatsServer server = new NatsServer(
				"authorization { users: [ { nkey: " + new String(key.getPublicKey()) + " } ] }")) {
			accepted(server, "nats.nkey=" + new String(key.getSeed()));
			refused(server, "nats.nkey=" + new String(other.getSeed()));
		}
	}

	@Test
	void signsInWithJwtAndWithCredentialsFile(@TempDir Path folder) throws Exception {
		NKey operator = NKey.createOperator(new SecureRandom());
		NKey account = NKey.createAccount(new SecureRandom());
		NKey user = NKey.createUser(new SecureRandom());
		String operatorJwt = operatorJwt(operator);
		String accountJwt = accountJwt(account, operator);
		String userJwt = JwtUtils.issueUserJWT(account, new String(account.getPublicKey()),
				new String(user.getPublicKey()), "app");
		String seed = new String(user.getSeed());
		String accountId = new String(account.getPublicKey());
		try (NatsServer server = new NatsServer("operator: " + operatorJwt, "resolver: MEMORY",
				"resolver_preload: { " + accountId + ": " + accountJwt + " }", "jetstream: disabled")) {
			accepted(server, "nats.jwt=" + userJwt, "nats.nkey=" + seed);
			Path credentials = folder.resolve("app.creds");
			Files.writeString(credentials, credentials(userJwt, seed));
			accepted(server, "nats.credentials=" + credentials);
			accepted(server, "nats.credentials=file:" + credentials);
			NKey stranger = NKey.createUser(new SecureRandom());
			refused(server, "nats.jwt=" + userJwt, "nats.nkey=" + new String(stranger.getSeed()));
		}
	}

	@Test
	void neverShowsCredentials(CapturedOutput output) {
		try (NatsServer server = new NatsServer("authorization { user: app, password: \"" + SECRET + "\" }")) {
			this.runner
				.withPropertyValues("nats.servers=nats://app:" + SECRET + "@localhost:" + server.port(),
						"logging.level.dev.natsboot=debug")
				.run((context) -> {
					NatsConnectionManager manager = context.getBean(NatsConnectionManager.class);
					assertThat(manager.state().toString()).doesNotContain(SECRET).contains("localhost");
					assertThat(manager.toString()).doesNotContain(SECRET);
					assertThat(context.getBean(Connection.class).toString()).doesNotContain(SECRET);
				});
			this.runner
				.withPropertyValues("nats.startup=background",
						"nats.servers=nats://app:wrong-" + SECRET + "@localhost:" + server.port())
				.run((context) -> {
					NatsConnectionManager manager = context.getBean(NatsConnectionManager.class);
					assertThat(manager.state().lastError()).doesNotContain(SECRET).contains("Authorization Violation");
				});
			assertThat(output).contains("Connected to NATS at nats://localhost:" + server.port())
				.contains("trying again in the background")
				.doesNotContain(SECRET);
		}
	}

	private static String credentials(String jwt, String seed) {
		return "-----BEGIN NATS USER JWT-----\n" + jwt + "\n------END NATS USER JWT------\n\n"
				+ "-----BEGIN USER NKEY SEED-----\n" + seed + "\n------END USER NKEY SEED------\n";
	}

	private static String operatorJwt(NKey operator) throws Exception {
		return jwt(operator, operator, "operator");
	}

	private static String accountJwt(NKey account, NKey operator) throws Exception {
		return jwt(account, operator, "account");
	}

	/**
	 * A minimal JWT of version 2 for an operator or an account without limits.
	 */
	private static String jwt(NKey subject, NKey issuer, String type) throws Exception {
		String limits = type.equals("account")
				? "\"limits\":{\"subs\":-1,\"data\":-1,\"payload\":-1,\"imports\":-1,\"exports\":-1,\"wildcards\":true,\"conn\":-1,\"leaf\":-1},"
				: "";
		return JwtUtils.issueJWT(issuer, new String(subject.getPublicKey()), type, null,
				System.currentTimeMillis() / 1000, new String(issuer.getPublicKey()),
				new RawJson("{" + limits + "\"type\":\"" + type + "\",\"version\":2}"));
	}

	private void accepted(NatsServer server, String... properties) {
		this.runner.withPropertyValues("nats.servers=" + server.url())
			.withPropertyValues(properties)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	private void accepted(String properties) {
		this.runner.withPropertyValues(properties).run((context) -> assertThat(context).hasNotFailed());
	}

	private void refused(NatsServer server, String... properties) {
		this.runner.withPropertyValues("nats.servers=" + server.url()).withPropertyValues(properties).run((context) -> {
			assertThat(context).hasFailed();
			FailureAnalysis analysis = new NatsConnectFailureAnalyzer().analyze(context.getStartupFailure());
			assertThat(analysis).isNotNull();
			assertThat(((NatsConnectException) analysis.getCause()).getReason()).as(analysis.getDescription())
				.isEqualTo(Reason.AUTHENTICATION);
			assertThat(analysis.getDescription()).contains("localhost:" + server.port(), "refused the credentials");
			assertThat(analysis.getAction()).contains("nats.username", "nats.token", "nats.credentials");
			String everything = analysis + analysis.getDescription() + analysis.getAction()
					+ stackTrace(context.getStartupFailure());
			assertThat(everything).doesNotContain(SECRET);
			for (String property : properties) {
				if (property.startsWith("nats.nkey=")) {
					assertThat(everything).doesNotContain(property.substring("nats.nkey=".length()));
				}
			}
		});
	}

	private static String stackTrace(Throwable failure) {
		StringWriter text = new StringWriter();
		failure.printStackTrace(new PrintWriter(text));
		return text.toString();
	}

	private record RawJson(String json) implements JsonSerializable {

		@Override
		public String toJson() {
			return this.json;
		}

	}

}
