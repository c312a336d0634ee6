package dev.natsboot.test.container;

import java.util.List;

import dev.natsboot.autoconfigure.NatsConnectionDetails;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.Container;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.testcontainers.service.connection.ContainerConnectionDetailsFactory;
import org.springframework.boot.testcontainers.service.connection.ContainerConnectionSource;

/**
 * Connects to a container of Testcontainers: {@code @ServiceConnection} on a static field
 * with a NATS image, {@code @ServiceConnection("nats")} on a bean method (which Boot
 * can't ask for its image) or with any other image.
 */
class NatsContainerConnectionDetailsFactory
		extends ContainerConnectionDetailsFactory<Container<?>, NatsConnectionDetails> {

	NatsContainerConnectionDetailsFactory() {
		super(List.of(NatsImages.NAMES));
	}

	@Override
	protected NatsConnectionDetails getContainerConnectionDetails(ContainerConnectionSource<Container<?>> source) {
		return new NatsContainerConnectionDetails(source);
	}

	/**
	 * The details of a container, which may be started later.
	 */
	private static final class NatsContainerConnectionDetails extends ContainerConnectionDetails<Container<?>>
			implements NatsConnectionDetails {

		private NatsContainerConnectionDetails(ContainerConnectionSource<Container<?>> source) {
			super(source);
		}

		@Override
		public List<String> getServers() {
			return List.of(NatsImages.url(getContainer().getHost(), getContainer().getMappedPort(NatsImages.PORT)));
		}

		@Override
		public @Nullable String getUsername() {
			return credentials().username();
		}

		@Override
		public @Nullable String getPassword() {
			return credentials().password();
		}

		@Override
		public @Nullable String getToken() {
			return credentials().token();
		}

		private NatsContainerCredentials credentials() {
			return NatsContainerCredentials.of(List.of(getContainer().getCommandParts()), getContainer().getEnvMap());
		}

		@Override
		public @Nullable SslBundle getSslBundle() {
			return super.getSslBundle();
		}

	}

}
