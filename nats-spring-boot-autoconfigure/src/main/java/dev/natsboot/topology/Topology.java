package dev.natsboot.topology;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * All that an application declares.
 */
public final class Topology {

	private final ProvisioningMode mode;

	private final List<DeclaredStream> streams = new ArrayList<>();

	private final List<ConsumerDeclaration> consumers;

	/**
	 * Create a topology.
	 * @param mode what to do about differences where a declaration doesn't say it itself
	 * @param replicas how many replicas streams and buckets have that don't say it
	 * themselves, or {@code null} for the server's default of one
	 * @param streams the streams
	 * @param keyValueBuckets the key-value buckets
	 * @param objectStores the object stores
	 * @param consumers the consumers
	 * @throws IllegalArgumentException when something is declared twice
	 */
	public Topology(ProvisioningMode mode, @Nullable Integer replicas, Collection<StreamDeclaration> streams,
			Collection<KeyValueDeclaration> keyValueBuckets, Collection<ObjectStoreDeclaration> objectStores,
			Collection<ConsumerDeclaration> consumers) {
		this.mode = mode;
		streams.forEach((stream) -> this.streams.add(DeclaredStream.of(stream).withReplicas(replicas)));
		keyValueBuckets.forEach((bucket) -> this.streams.add(DeclaredStream.of(bucket).withReplicas(replicas)));
		objectStores.forEach((store) -> this.streams.add(DeclaredStream.of(store).withReplicas(replicas)));
		this.consumers = List.copyOf(consumers);
		requireUnique();
	}

	private void requireUnique() {
		Set<String> names = new HashSet<>();
		for (DeclaredStream stream : this.streams) {
			Assert.isTrue(names.add(stream.name()), () -> "JetStream " + stream.target()
					+ " is declared twice, the second time by " + stream.origin() + ": remove one of the declarations");
		}
		for (ConsumerDeclaration consumer : this.consumers) {
			String name = consumer.stream() + " " + consumer.configuration().getDurable();
			Assert.isTrue(names.add(name),
					() -> "JetStream consumer '" + consumer.configuration().getDurable() + "' of stream '"
							+ consumer.stream() + "' is declared twice, the second time by " + consumer.origin()
							+ ": remove one of the declarations");
		}
	}

	/**
	 * The names of the declared streams, those behind buckets included, in the order in
	 * which they are provisioned.
	 * @return the names, for instance {@code ORDERS} and {@code KV_prices}
	 */
	public List<String> streamNames() {
		return this.streams.stream().map(DeclaredStream::name).toList();
	}

	/**
	 * The declared consumers in the order in which they are provisioned.
	 * @return the consumers
	 */
	public List<ConsumerDeclaration> consumers() {
		return this.consumers;
	}

	Optional<ConsumerDeclaration> declaration(String stream, String consumer) {
		return this.consumers.stream()
			.filter((declared) -> declared.stream().equals(stream)
					&& consumer.equals(declared.configuration().getDurable()))
			.findFirst();
	}

	/**
	 * What to do about differences where a declaration doesn't say it itself.
	 * @return the mode
	 */
	public ProvisioningMode mode() {
		return this.mode;
	}

	/**
	 * Whether nothing is declared, so that JetStream isn't needed for it.
	 * @return {@code true} when there is nothing to provision
	 */
	public boolean isEmpty() {
		return this.streams.isEmpty() && this.consumers.isEmpty();
	}

	List<DeclaredStream> streams() {
		return this.streams;
	}

	ProvisioningMode mode(@Nullable ProvisioningMode declared) {
		return (declared != null) ? declared : this.mode;
	}

}
