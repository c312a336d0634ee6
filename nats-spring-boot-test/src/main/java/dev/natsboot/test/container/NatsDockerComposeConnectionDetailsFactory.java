package dev.natsboot.test.container;

import java.util.List;

import dev.natsboot.autoconfigure.NatsConnectionDetails;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionDetailsFactory;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionSource;
import org.springframework.boot.ssl.SslBundle;

/**
 * Connects to a service of Docker Compose with a NATS image; another image needs the
 * label {@code org.springframework.boot.service-connection: nats}.
 */
class NatsDockerComposeConnectionDetailsFactory extends DockerComposeConnectionDetailsFactory<NatsConnectionDetails> {

	NatsDockerComposeConnectionDetailsFactory() {
		super(NatsImages.NAMES);
	}

	@Override
	protected NatsConnectionDetails getDockerComposeConnectionDetails(DockerComposeConnectionSource source) {
		return new NatsDockerComposeConnectionDetails(source.getRunningService());
	}

	/**
	 * The details of a running service.
	 */
	private static final class NatsDockerComposeConnectionDetails extends DockerComposeConnectionDetails
			implements NatsConnectionDetails {

		private final String url;

		private final NatsContainerCredentials credentials;

		private final @Nullable SslBundle sslBundle;

		private NatsDockerComposeConnectionDetails(RunningService service) {
			super(service);
			this.url = NatsImages.url(service.host(), service.ports().get(NatsImages.PORT));
			this.credentials = NatsContainerCredentials.of(List.of(), service.env());
			this.sslBundle = getSslBundle(service);
		}

		@Override
		public List<String> getServers() {
			return List.of(this.url);
		}

		@Override
		public @Nullable String getUsername() {
			return this.credentials.username();
		}

		@Override
		public @Nullable String getPassword() {
			return this.credentials.password();
		}

		@Override
		public @Nullable String getToken() {
			return this.credentials.token();
		}

		@Override
		public @Nullable SslBundle getSslBundle() {
			return this.sslBundle;
		}

	}

}
