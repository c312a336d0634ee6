package dev.natsboot.test.container;

import org.testcontainers.containers.GenericContainer;

/**
 * A container that claims to run, without Docker.
 */
class RunningContainer extends GenericContainer<RunningContainer> {

	private final String image;

	RunningContainer(String image) {
		super(image);
		this.image = image;
		withExposedPorts(4222);
	}

	@Override
	public String getDockerImageName() {
		return this.image;
	}

	@Override
	public void start() {
	}

	@Override
	public void stop() {
	}

	@Override
	public boolean isRunning() {
		return true;
	}

	@Override
	public String getHost() {
		return "docker.test";
	}

	@Override
	public Integer getMappedPort(int port) {
		return 10_000 + port;
	}

}
