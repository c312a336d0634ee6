package dev.natsboot.run;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;

import io.nats.client.Connection;
import io.nats.client.Nats;

import org.springframework.boot.SpringBootVersion;

/**
 * What the figures depend on.
 *
 * @param date the day
 * @param natsServer the version of nats-server
 * @param jnats the version of the client
 * @param springBoot the version of Spring Boot
 * @param java the version of Java
 * @param processors how many processors there are
 * @param processor the processor's name, empty when it isn't known
 * @param load the load of the machine when the run began
 */
public record Machine(String date, String natsServer, String jnats, String springBoot, String java, int processors,
		String processor, double load) {

	private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

	/**
	 * Look at this machine and at the server.
	 * @param connection a connection to the server
	 * @return what the figures depend on
	 */
	public static Machine of(Connection connection) throws IOException {
		return new Machine(LocalDate.now().toString(), connection.getServerInfo().getVersion(), Nats.CLIENT_VERSION,
				String.valueOf(SpringBootVersion.getVersion()), Runtime.version().toString(),
				Runtime.getRuntime().availableProcessors(), processorName(),
				ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
	}

	private static String processorName() throws IOException {
		if (Files.notExists(CPU_INFO)) {
			return "";
		}
		return Files.readAllLines(CPU_INFO)
			.stream()
			.filter((line) -> line.startsWith("model name"))
			.map((line) -> line.replaceFirst(".*: ", ""))
			.findFirst()
			.orElse("");
	}

	@Override
	public String toString() {
		return String.format(Locale.ROOT,
				"%s, nats-server %s, jnats %s, Spring Boot %s, Java %s, %d processors%s, load %.1f at the beginning",
				this.date, this.natsServer, this.jnats, this.springBoot, this.java, this.processors,
				this.processor.isEmpty() ? "" : " (" + this.processor + ")", this.load);
	}

}
