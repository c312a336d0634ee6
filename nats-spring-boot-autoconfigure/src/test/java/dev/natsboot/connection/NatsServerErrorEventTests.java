package dev.natsboot.connection;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NatsServerErrorEventTests {

	private static final String REFUSED = "Permissions Violation for Subscription to \"secret.x\"";

	private final NatsConnectionManager manager = NatsConnectionManager.builder()
		.drainTimeout(Duration.ofMillis(1))
		.build();

	@Test
	void tellsWhichSubscriptionWasRefused() {
		assertThat(event(REFUSED).refusesSubscription("secret.x", null)).isTrue();
		assertThat(event(REFUSED).refusesSubscription("secret.x", "workers")).isFalse();
		assertThat(event(REFUSED).refusesSubscription("secret", null)).isFalse();
		assertThat(event(REFUSED).refusesSubscription("x", null)).isFalse();
	}

	@Test
	void tellsOneOfAQueueGroupFromOthers() {
		NatsServerErrorEvent event = event(REFUSED + " using queue \"workers\"");
		assertThat(event.refusesSubscription("secret.x", "workers")).isTrue();
		assertThat(event.refusesSubscription("secret.x", "work")).isFalse();
		assertThat(event.refusesSubscription("secret.x", null)).isFalse();
		assertThat(event.refusesSubscription("workers", null)).isFalse();
	}

	@Test
	void knowsOneThatTheServerTookAway() {
		assertThat(event(REFUSED + " (sid \"1\")").refusesSubscription("secret.x", null)).isTrue();
		assertThat(event(REFUSED + " (sid \"1\")").refusesSubscription("secret.x", "workers")).isTrue();
		assertThat(event(REFUSED + " using queue \"workers\" (sid \"1\")").refusesSubscription("secret.x", "workers"))
			.isTrue();
	}

	@Test
	void isMostlyAboutSomethingElse() {
		assertThat(event("Permissions Violation for Publish to \"secret.x\"").refusesSubscription("secret.x", null))
			.isFalse();
		assertThat(event("Stale Connection").refusesSubscription("secret.x", null)).isFalse();
	}

	private NatsServerErrorEvent event(String error) {
		return new NatsServerErrorEvent(this.manager, null, error);
	}

}
