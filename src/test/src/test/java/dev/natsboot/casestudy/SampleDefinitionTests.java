package dev.natsboot.casestudy;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SampleDefinitionTests {

	private static final Ports PORTS = new Ports(1, 2, 3, 4, 5);

	@Test
	void everythingIsTheDefault() {
		List<SampleDefinition> samples = SampleDefinition.of(Variant.WHOLE, PORTS);
		assertThat(samples).extracting(SampleDefinition::name)
			.containsExactly("payment", "inventory and audit", "order service");
		assertThat(samples).filteredOn(SampleDefinition::patient)
			.singleElement()
			.returns(2, SampleDefinition::port)
			.returns(List.of("--sample.processor.roles=inventory,audit"), SampleDefinition::arguments);
	}

	@Test
	void paymentsAloneAreOneProcessAndAnIntakeThatFollowsNothing() {
		List<SampleDefinition> samples = SampleDefinition.of(Variant.PAYMENTS_ONLY, PORTS);
		assertThat(samples).extracting(SampleDefinition::name).containsExactly("payment", "order service");
		assertThat(samples.get(0).arguments()).containsExactly("--sample.processor.roles=payment",
				"--payment.gateway.url=http://localhost:4");
		assertThat(samples.get(1).arguments()).containsExactly("--sample.follow-orders=false");
	}

	@Test
	void theSynchronousSystemCallsPaymentsAndInventoryAndHasNoAudit() {
		List<SampleDefinition> samples = SampleDefinition.of(Variant.SYNCHRONOUS, PORTS);
		assertThat(samples).extracting(SampleDefinition::name).containsExactly("payment", "inventory", "order service");
		assertThat(samples).noneMatch(SampleDefinition::patient)
			.allSatisfy((sample) -> assertThat(sample.arguments()).contains("--spring.profiles.active=synchronous"));
		assertThat(samples.get(1).arguments()).contains("--sample.processor.roles=inventory");
		assertThat(samples.get(2).arguments()).contains("--sample.processor.payment-url=http://localhost:3",
				"--sample.processor.inventory-url=http://localhost:2");
	}

	@Test
	void eachHasAnAddressAndALogOfItsOwn() {
		assertThat(SampleDefinition.gateway(PORTS)).returns("payment-gateway", SampleDefinition::logName)
			.returns("http://localhost:4/status", (gateway) -> gateway.address("/status"));
	}

}
