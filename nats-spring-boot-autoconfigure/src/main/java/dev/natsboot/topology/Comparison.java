package dev.natsboot.topology;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import dev.natsboot.topology.TopologyDifference.Kind;
import io.nats.client.api.ServerInfo;
import org.jspecify.annotations.Nullable;

/**
 * Compares what is declared with what the server has, attribute by attribute.
 *
 * @param <C> the configuration
 * @param <B> its builder
 */
final class Comparison<C, B> {

	private final List<Attribute<C, B, ?>> attributes;

	private final String target;

	private final @Nullable String prefix;

	private final Predicate<String> named;

	Comparison(List<Attribute<C, B, ?>> attributes, String target, @Nullable String prefix, Predicate<String> named) {
		this.attributes = attributes;
		this.target = target;
		this.prefix = prefix;
		this.named = named;
	}

	List<TopologyDifference> compare(C declared, C server, ServerInfo serverInfo) {
		List<TopologyDifference> differences = new ArrayList<>();
		for (Attribute<C, B, ?> attribute : this.attributes) {
			if (isDeclared(attribute, declared) && attribute.differs(declared, server)) {
				differences.add(difference(attribute, declared, server, serverInfo));
			}
		}
		return differences;
	}

	/**
	 * Set the declared attributes that the server can change.
	 */
	void apply(B builder, C declared, C server) {
		for (Attribute<C, B, ?> attribute : this.attributes) {
			if (isDeclared(attribute, declared) && !attribute.isFixed(declared, server)) {
				attribute.apply(builder, declared, server);
			}
		}
	}

	boolean isDeclared(String name, C declared) {
		return this.attributes.stream()
			.anyMatch((attribute) -> attribute.name().equals(name) && isDeclared(attribute, declared));
	}

	private boolean isDeclared(Attribute<C, B, ?> attribute, C declared) {
		return attribute.isDeclared(declared) || this.named.test(attribute.name());
	}

	private TopologyDifference difference(Attribute<C, B, ?> attribute, C declared, C server, ServerInfo serverInfo) {
		Kind kind = kind(attribute, declared, server, serverInfo);
		String property = (this.prefix != null) ? this.prefix + "." + attribute.name() : attribute.name();
		String actual = attribute.text(server);
		boolean removable = this.prefix != null || attribute.isDeclared(declared);
		String accept = (removable ? "remove " + property + " or " : "") + "declare the server's value (" + property
				+ "=" + actual + ")";
		return new TopologyDifference(this.target, property, attribute.text(declared), actual, kind,
				advice(kind, attribute, property, accept, serverInfo));
	}

	private Kind kind(Attribute<C, B, ?> attribute, C declared, C server, ServerInfo serverInfo) {
		if (attribute.since() != null && serverInfo.isOlderThanVersion(attribute.since())) {
			return Kind.UNSUPPORTED;
		}
		return attribute.isFixed(declared, server) ? Kind.FIXED : Kind.CHANGEABLE;
	}

	private String advice(Kind kind, Attribute<C, B, ?> attribute, String property, String accept,
			ServerInfo serverInfo) {
		return switch (kind) {
			case UNSUPPORTED -> "nats-server " + serverInfo.getVersion() + " ignores " + attribute.name() + ": use "
					+ attribute.since() + " or later, or remove " + property;
			case FIXED -> "The server can't change it: " + accept + ", or delete the " + kindOfTarget()
					+ " and have it created anew";
			default -> "Set " + modeProperty() + "=update to change the server, or " + accept;
		};
	}

	private String kindOfTarget() {
		return this.target.substring(0, this.target.indexOf(" '"));
	}

	private String modeProperty() {
		return (this.prefix != null && this.prefix.startsWith("nats.")) ? this.prefix + ".provisioning"
				: "nats.jetstream.provisioning";
	}

}
