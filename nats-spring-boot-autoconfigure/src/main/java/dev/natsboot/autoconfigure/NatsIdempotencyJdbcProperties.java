package dev.natsboot.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.jdbc.init.DatabaseInitializationProperties;

/**
 * The idempotency store in a relational database. Apart from the others, as Spring Boot's
 * JDBC support is optional.
 */
@ConfigurationProperties("nats.listener.idempotency.jdbc")
public class NatsIdempotencyJdbcProperties extends DatabaseInitializationProperties {

	private static final String DEFAULT_SCHEMA = "classpath:dev/natsboot/idempotency/schema-@@platform@@.sql";

	/**
	 * Table of the handled keys. The schema scripts make one of the default name.
	 */
	private String tableName = "nats_idempotency";

	/**
	 * Table of the handled keys.
	 * @return the value
	 */
	public String getTableName() {
		return this.tableName;
	}

	/**
	 * Set: table of the handled keys.
	 * @param tableName the value
	 */
	public void setTableName(String tableName) {
		this.tableName = tableName;
	}

	@Override
	public String getDefaultSchemaLocation() {
		return DEFAULT_SCHEMA;
	}

}
