package dev.natsboot.topology;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SubjectCoverageTests {

	@ParameterizedTest
	@CsvSource({ "orders.>, orders.created", "orders.>, orders.created.v1", "orders.*, orders.created", ">, a",
			"a.*.c, a.b.c", "a.b, a.b", "orders.>, orders.*", "*.*, a.*" })
	void covers(String wider, String narrower) {
		assertThat(SubjectCoverage.covers(wider, narrower)).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "orders.>, orders", "orders.*, orders.created.v1", "orders.*, orders.>", "a.b, a.*", "a.b, a.c",
			"a.b.c, a.b", "a.*.c, a.b.*" })
	void doesNotCover(String wider, String narrower) {
		assertThat(SubjectCoverage.covers(wider, narrower)).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "orders.>, orders.created", "orders.*, orders.created", "a.*.c, a.b.*", "*.b, a.>", ">, a", "a.b, a.b",
			"a.b.>, a.>", "*, >" })
	void overlap(String one, String other) {
		assertThat(SubjectCoverage.overlap(one, other)).isTrue();
		assertThat(SubjectCoverage.overlap(other, one)).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "orders.>, orders", "orders.*, orders.created.v1", "a.*.c, a.b.d", "order.created, orders.>", "a, a.>",
			"a.b, *.c" })
	void doNotOverlap(String one, String other) {
		assertThat(SubjectCoverage.overlap(one, other)).isFalse();
		assertThat(SubjectCoverage.overlap(other, one)).isFalse();
	}

	@Test
	void unionKeepsForeignSubjectsInTheServersOrder() {
		assertThat(SubjectCoverage.union(List.of("c", "a"), List.of("b", "a"))).containsExactly("b", "a", "c");
	}

	@Test
	void unionEqualsTheServersSubjectsWhenNothingIsMissing() {
		List<String> server = List.of("foreign", "orders.>");
		assertThat(SubjectCoverage.union(List.of("orders.created", "orders.>"), server)).isEqualTo(server);
	}

	@Test
	void unionReplacesSubjectsByAWiderOne() {
		assertThat(SubjectCoverage.union(List.of("orders.>"), List.of("foreign", "orders.created")))
			.containsExactly("foreign", "orders.>");
	}

}
