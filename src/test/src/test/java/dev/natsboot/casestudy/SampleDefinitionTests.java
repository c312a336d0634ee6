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
	void eachHasAnAddressAndALogOfItsOwn() {
		assertThat(SampleDefinition.gateway(PORTS)).returns("payment-gateway", SampleDefinition::logName)
			.returns("http://localhost:4/status", (gateway) -> gateway.address("/status"));
	}

}
