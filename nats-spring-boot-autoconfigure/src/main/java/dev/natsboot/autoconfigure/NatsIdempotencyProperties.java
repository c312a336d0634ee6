package dev.natsboot.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The store that listeners with idempotency use.
 */
@ConfigurationProperties("nats.listener.idempotency")
public class NatsIdempotencyProperties {

	/**
	 * Where the keys of handled messages are remembered. By default nowhere: there is no
	 * store unless the application declares one.
	 */
	private @Nullable Store store;

	/**
	 * Time that a key is remembered after its message was handled. A metadata store has
	 * its own, and a key-value bucket that isn't the default one.
	 */
	private Duration ttl = Duration.ofDays(1);

	/**
	 * Time after which a message can be handled by somebody else when the application
	 * that was handling it was killed. Running handlers renew it. For key-value and
	 * metadata stores.
	 */
	private Duration lease = Duration.ofSeconds(30);

	private final Memory memory = new Memory();

	private final KeyValue keyValue = new KeyValue();

	/**
	 * Where the keys of handled messages are remembered.
	 * @return the value, {@code null} for nowhere
	 */
	public @Nullable Store getStore() {
		return this.store;
	}

	/**
	 * Set: where the keys of handled messages are remembered.
	 * @param store the value, {@code null} for nowhere
	 */
	public void setStore(@Nullable Store store) {
		this.store = store;
	}

	/**
	 * Time that a key is remembered after its message was handled.
	 * @return the value
	 */
	public Duration getTtl() {
		return this.ttl;
	}

	/**
	 * Set: time that a key is remembered after its message was handled.
	 * @param ttl the value
	 */
	public void setTtl(Duration ttl) {
		this.ttl = ttl;
	}

	/**
	 * Time after which a message can be handled by somebody else when the application
	 * that was handling it was killed.
	 * @return the value
	 */
	public Duration getLease() {
		return this.lease;
	}

	/**
	 * Set: time after which a message can be handled by somebody else when the
	 * application that was handling it was killed.
	 * @param lease the value
	 */
	public void setLease(Duration lease) {
		this.lease = lease;
	}

	/**
	 * What counts for the store in memory.
	 * @return the value
	 */
	public Memory getMemory() {
		return this.memory;
	}

	/**
	 * What counts for the store in a key-value bucket.
	 * @return the value
	 */
	public KeyValue getKeyValue() {
		return this.keyValue;
	}

	/**
	 * Kinds of stores.
	 */
	public enum Store {

		/** This application's memory; needs Caffeine. */
		MEMORY,

		/** A table, in the handler's transaction; needs spring-jdbc and a data source. */
		JDBC,

		/** A JetStream key-value bucket. */
		KEY_VALUE,

		/** The application's ConcurrentMetadataStore bean of Spring Integration. */
		METADATA

	}

	/**
	 * The store in memory.
	 */
	public static class Memory {

		/**
		 * Number of keys that are remembered at most.
		 */
		private long maximumSize = 100_000;

		/**
		 * Number of keys that are remembered at most.
		 * @return the value
		 */
		public long getMaximumSize() {
			return this.maximumSize;
		}

		/**
		 * Set: number of keys that are remembered at most.
		 * @param maximumSize the value
		 */
		public void setMaximumSize(long maximumSize) {
			this.maximumSize = maximumSize;
		}

	}

	/**
	 * The store in a key-value bucket.
	 */
	public static class KeyValue {

		/**
		 * Bucket to use, which has to exist or be declared in nats.jetstream.key-value.
		 * By default a bucket named idempotency, which is declared by itself.
		 */
		private @Nullable String bucket;

		/**
		 * Bucket to use.
		 * @return the value, {@code null} for the default one
		 */
		public @Nullable String getBucket() {
			return this.bucket;
		}

		/**
		 * Set: bucket to use.
		 * @param bucket the value, {@code null} for the default one
		 */
		public void setBucket(@Nullable String bucket) {
			this.bucket = bucket;
		}

	}

}
