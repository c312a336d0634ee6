package dev.natsboot.casestudy;

import java.util.List;
import java.util.stream.Stream;

/**
 * An application that the case study starts.
 *
 * @param name what it is called in reports
 * @param module the module that has its program
 * @param database where it keeps its data
 * @param port where it listens
 * @param patient whether it takes what the others leave of the processors
 * @param arguments its own options
 */
record SampleDefinition(String name, String module, String database, int port, boolean patient,
		List<String> arguments) {

	private static final String PROCESSOR = "sample-processor";

	private static final String SYNCHRONOUS = "--spring.profiles.active=synchronous";

	static SampleDefinition gateway(Ports ports) {
		return new SampleDefinition("payment gateway", PROCESSOR, "gateway", ports.gateway(), false,
				List.of("--spring.profiles.active=gateway"));
	}

	/**
	 * Return what runs besides the gateway. Customers wait for their payment, not for
	 * inventory and audit: these catch up from their streams, if there are any.
	 * @param variant how much of the system
	 * @param ports where it listens
	 * @return the applications in the order of their start
	 */
	static List<SampleDefinition> of(Variant variant, Ports ports) {
		return switch (variant) {
			case WHOLE -> List.of(payment(ports), inventoryAndAudit(ports), orderService(ports));
			case SYNCHRONOUS -> List.of(payment(ports, SYNCHRONOUS), inventory(ports),
					orderService(ports, SYNCHRONOUS,
							"--sample.processor.payment-url=http://localhost:" + ports.payment(),
							"--sample.processor.inventory-url=http://localhost:" + ports.processor()));
			case PAYMENTS_ONLY -> List.of(payment(ports), orderService(ports, "--sample.follow-orders=false"));
		};
	}

	private static SampleDefinition payment(Ports ports, String... arguments) {
		return new SampleDefinition("payment", PROCESSOR, "processor", ports.payment(), false,
				with(arguments, "--sample.processor.roles=payment", "--payment.gateway.url=" + ports.gateway("")));
	}

	private static SampleDefinition inventoryAndAudit(Ports ports) {
		return new SampleDefinition("inventory and audit", PROCESSOR, "processor", ports.processor(), true,
				List.of("--sample.processor.roles=inventory,audit"));
	}

	private static SampleDefinition inventory(Ports ports) {
		return new SampleDefinition("inventory", PROCESSOR, "processor", ports.processor(), false,
				List.of(SYNCHRONOUS, "--sample.processor.roles=inventory"));
	}

	private static SampleDefinition orderService(Ports ports, String... arguments) {
		return new SampleDefinition("order service", "sample-order-service", "orders", ports.order(), false,
				List.of(arguments));
	}

	private static List<String> with(String[] arguments, String... common) {
		return Stream.of(common, arguments).flatMap(Stream::of).toList();
	}

	String logName() {
		return this.name.replace(' ', '-');
	}

	String address(String path) {
		return "http://localhost:" + this.port + path;
	}

}
