package dev.natsboot.connection;

import java.net.URI;
import java.util.Collection;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * The name that a server's certificate has to be for. Servers of a cluster announce each
 * other by address; their certificates are for the name by which the cluster was reached,
 * as in the other NATS clients.
 */
final class ServerNames {

	private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[?[0-9a-fA-F:.]*:[0-9a-fA-F:.]*]?");

	private final Set<String> configured;

	private volatile @Nullable String reached;

	ServerNames(Collection<URI> servers) {
		this.configured = servers.stream()
			.map(URI::getHost)
			.filter((host) -> host != null)
			.collect(Collectors.toUnmodifiableSet());
		this.reached = this.configured.stream()
			.filter((host) -> !ADDRESS.matcher(host).matches())
			.findFirst()
			.orElse(null);
	}

	String nameFor(String host) {
		if (!ADDRESS.matcher(host).matches()) {
			this.reached = host;
			return host;
		}
		String name = this.reached;
		return (this.configured.contains(host) || name == null) ? host : name;
	}

}
