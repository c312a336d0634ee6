package dev.natsboot.test;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Makes the nodes of a server from its settings.
 */
final class EmbeddedNatsNodes {

	private EmbeddedNatsNodes() {
	}

	static List<EmbeddedNatsNode> create(EmbeddedNatsSettings settings, Path executable, Path directory) {
		int size = settings.clusterSize();
		List<Integer> free = FreePorts.next(2 * size);
		List<Integer> routes = free.subList(0, size);
		List<EmbeddedNatsNode> nodes = new ArrayList<>();
		for (int index = 0; index < size; index++) {
			Path store = (size > 1) ? directory.resolve("node-" + index) : directory;
			String name = directory.getFileName() + "-" + index;
			int port = (settings.port() > 0) ? settings.port() + index : 0;
			int monitoringPort = free.get(size + index);
			List<String> configuration = new ArrayList<>(server(settings, name, store));
			if (size > 1) {
				configuration.addAll(cluster(routes, routes.get(index), monitoringPort));
			}
			configuration.addAll(settings.configuration());
			nodes.add(new EmbeddedNatsNode(name, port, monitoringPort,
					new NatsProcess.Command(executable, store.resolve("nats-server.pid"), configuration)));
		}
		return List.copyOf(nodes);
	}

	private static List<String> server(EmbeddedNatsSettings settings, String name, Path store) {
		List<String> lines = new ArrayList<>(List.of("host: 127.0.0.1", "server_name: \"" + name + "\""));
		if (settings.jetStream()) {
			lines.add("store_dir: \"" + store.toString().replace('\\', '/') + "\"");
			lines.add("jetstream: enabled");
		}
		return lines;
	}

	private static List<String> cluster(List<Integer> routes, int route, int monitoringPort) {
		String urls = routes.stream()
			.map((port) -> "\"nats://127.0.0.1:" + port + "\"")
			.collect(Collectors.joining(", "));
		return List.of("cluster { name: embedded, listen: \"127.0.0.1:" + route + "\", routes: [" + urls + "] }",
				"http: \"127.0.0.1:" + monitoringPort + "\"");
	}

}
