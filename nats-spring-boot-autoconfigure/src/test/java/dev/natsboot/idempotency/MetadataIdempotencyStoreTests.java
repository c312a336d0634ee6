package dev.natsboot.idempotency;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.junit.jupiter.api.Test;

import org.springframework.integration.metadata.SimpleMetadataStore;

import static org.assertj.core.api.Assertions.assertThat;

class MetadataIdempotencyStoreTests extends LeasedStoreContract {

	private final Map<String, String> texts = new ConcurrentHashMap<>();

	@Override
	IdempotencyStore create(Duration lease, Clock clock) {
		return new MetadataIdempotencyStore(new SimpleMetadataStore((ConcurrentHashMap<String, String>) this.texts),
				lease, clock);
	}

	@Test
	void aFailureLeavesNothingInTheStore() {
		claim("a", "b").release();
		assertThat(this.texts).isEmpty();
		claim("c").confirm(Set.of("c"));
		assertThat(this.texts).hasSize(1);
	}

}
