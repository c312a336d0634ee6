package dev.natsboot.observation;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.nats.client.NUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SubjectTagsTests {

	private final SubjectTags tags = new SubjectTags(3, List.of("_REPLY."));

	@ParameterizedTest
	@CsvSource({ "orders.created.v1, orders.created.v1", "orders.4711.created, orders.*.created",
			"orders.2026-11-20, orders.*", "orders.7d1fd3b6-4a1f-4d67-8f9c-0e3bb7a3e2aa.paid, orders.*.paid",
			"orders.01ARZ3NDEKTSV4RRFFQ69G5FAV, orders.*", "orders.01arz3ndektsv4rrffq69g5fav, orders.*",
			"blobs.5d41402abc4b2a76b9719d911017c592, blobs.*", "_INBOX.Hq3.7, _INBOX.>", "_REPLY.abc, _INBOX.>",
			"$JS.ACK.S.C.1.2.3, $JS.>", "facade.decade, facade.decade",
			"telecommunicationsprovider.x, telecommunicationsprovider.x" })
	void generalizes(String subject, String tag) {
		assertThat(this.tags.tagOf(subject)).isEqualTo(tag);
		assertThat(this.tags.tagOf(subject)).isEqualTo(tag);
	}

	@Test
	void generatedIdsAreOneValue() {
		for (int i = 0; i < 100; i++) {
			assertThat(this.tags.tagOf("orders." + UUID.randomUUID())).isEqualTo("orders.*");
			assertThat(this.tags.tagOf("orders." + idWithDigits())).isEqualTo("orders.*");
		}
	}

	/**
	 * About one in fifty has letters alone, as words have.
	 */
	private static String idWithDigits() {
		return Stream.generate(NUID::nextGlobal)
			.filter((id) -> id.chars().anyMatch(Character::isDigit))
			.findFirst()
			.orElseThrow();
	}

	@Test
	void furtherSubjectsAreOther() {
		List<String> values = IntStream.range(0, 10).mapToObj((i) -> this.tags.tagOf("customer-" + i)).toList();
		assertThat(values).containsExactly("customer-0", "customer-1", "customer-2", "other", "other", "other", "other",
				"other", "other", "other");
		assertThat(this.tags.tagOf("customer-1")).isEqualTo("customer-1");
	}

	@Test
	void zeroMeansOtherOnly() {
		assertThat(new SubjectTags(0, List.of()).tagOf("a")).isEqualTo("other");
	}

}
