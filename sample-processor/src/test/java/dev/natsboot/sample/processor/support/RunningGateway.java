package dev.natsboot.sample.processor.support;

import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.natsboot.sample.processor.ProcessorApplication;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.web.client.RestClient;

/**
 * The payment gateway, as an application of its own on a free port.
 */
public final class RunningGateway {

	private static final String ALL_WELL = """
			{"declineRate": 0, "failureRate": 0, "throttled": false, "outage": false, "latency": 0}""";

	private final ConfigurableApplicationContext context;

	private final RestClient client;

	private RunningGateway(ConfigurableApplicationContext context) {
		this.context = context;
		this.client = RestClient.create(url());
	}

	public static RunningGateway start() {
		return new RunningGateway(new SpringApplicationBuilder(ProcessorApplication.class).profiles("gateway")
			.run("--server.port=0", "--spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID() + ";MODE=PostgreSQL"));
	}

	public void register(DynamicPropertyRegistry registry) {
		registry.add("payment.gateway.url", this::url);
	}

	public void repair() {
		switches(ALL_WELL);
	}

	public void switches(String changes) {
		this.client.put()
			.uri("/switches")
			.contentType(MediaType.APPLICATION_JSON)
			.body(changes)
			.retrieve()
			.toBodilessEntity();
	}

	/**
	 * How often customers were charged for orders with a prefix.
	 */
	public Map<String, Long> chargesByOrder(String prefix) {
		return this.context.getBean(JdbcTemplate.class)
			.query("SELECT order_id, COUNT(*) AS charges FROM charge WHERE order_id LIKE ? GROUP BY order_id",
					(row, number) -> Map.entry(row.getString("order_id"), row.getLong("charges")), prefix + "%")
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
	}

	public void stop() {
		this.context.close();
	}

	private String url() {
		return "http://localhost:" + ((ServletWebServerApplicationContext) this.context).getWebServer().getPort();
	}

}
