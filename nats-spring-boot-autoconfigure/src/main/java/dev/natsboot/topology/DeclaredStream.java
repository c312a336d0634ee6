package dev.natsboot.topology;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.nats.client.api.StreamConfiguration;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A declared stream, or the stream behind a declared bucket, with the names that its
 * attributes have in the declaration.
 */
record DeclaredStream(StreamConfiguration configuration, Set<String> attributes, @Nullable ProvisioningMode mode,
		String origin, String target, List<Attribute<StreamConfiguration, StreamConfiguration.Builder, ?>> catalogue) {

	static DeclaredStream of(StreamDeclaration declaration) {
		StreamConfiguration configuration = declaration.configuration();
		Assert.hasText(configuration.getName(), "A declared stream needs a name, for instance "
				+ "StreamConfiguration.builder().name(\"ORDERS\").subjects(\"orders.>\")");
		return of(configuration, declaration.attributes(), declaration.mode(), declaration.origin(),
				"nats.jetstream.streams." + configuration.getName(), "stream '" + configuration.getName() + "'",
				StreamAttributes.STREAM);
	}

	static DeclaredStream of(KeyValueDeclaration declaration) {
		String bucket = declaration.configuration().getBucketName();
		return of(declaration.configuration().getBackingConfig(), declaration.attributes(), declaration.mode(),
				declaration.origin(), "nats.jetstream.key-value." + bucket, "key-value bucket '" + bucket + "'",
				StreamAttributes.KEY_VALUE);
	}

	static DeclaredStream of(ObjectStoreDeclaration declaration) {
		String bucket = declaration.configuration().getBucketName();
		return of(declaration.configuration().getBackingConfig(), declaration.attributes(), declaration.mode(),
				declaration.origin(), "nats.jetstream.object-store." + bucket, "object store '" + bucket + "'",
				StreamAttributes.OBJECT_STORE);
	}

	private static DeclaredStream of(StreamConfiguration configuration, Set<String> attributes,
			@Nullable ProvisioningMode mode, @Nullable String origin, String property, String target,
			List<Attribute<StreamConfiguration, StreamConfiguration.Builder, ?>> catalogue) {
		boolean properties = origin == null || origin.startsWith("nats.");
		return new DeclaredStream(configuration, Set.copyOf(attributes), mode, (origin != null) ? origin : property,
				properties ? target : target + " (" + origin + ")", catalogue);
	}

	String name() {
		return this.configuration.getName();
	}

	/**
	 * The same with a number of replicas, unless it declares one itself.
	 */
	DeclaredStream withReplicas(@Nullable Integer replicas) {
		if (replicas == null || this.configuration.getReplicas() > 1 || this.attributes.contains("replicas")) {
			return this;
		}
		Set<String> declared = new HashSet<>(this.attributes);
		declared.add("replicas");
		return new DeclaredStream(StreamConfiguration.builder(this.configuration).replicas(replicas).build(),
				Set.copyOf(declared), this.mode, this.origin, this.target, this.catalogue);
	}

	@Nullable String prefix() {
		return this.origin.startsWith("nats.") ? this.origin : null;
	}

}
