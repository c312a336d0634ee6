package dev.natsboot.casestudy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;

import dev.natsboot.run.ChildProcess;
import dev.natsboot.run.JavaCommand;
import dev.natsboot.run.RunException;
import dev.natsboot.run.RunFolder;

/**
 * Starts applications as processes of their own.
 */
final class SampleLauncher {

	private static final List<String> PATIENTLY = List.of("nice", "-n", "19");

	private final Path root;

	private final RunFolder folder;

	private final CaseStudyOptions options;

	SampleLauncher(Path root, RunFolder folder, CaseStudyOptions options) {
		this.root = root;
		this.folder = folder;
		this.options = options;
	}

	Sample start(SampleDefinition sample, DatabaseServer databases) {
		return new Sample(
				ChildProcess.start(sample.name(), command(sample, databases), this.folder.log(sample.logName())),
				URI.create(sample.address("/actuator/health")));
	}

	private List<String> command(SampleDefinition sample, DatabaseServer databases) {
		List<String> command = new ArrayList<>(sample.patient() ? PATIENTLY : List.of());
		command.addAll(List.of(JavaCommand.java(), "-Xmx1g", "-XX:+UseParallelGC", "-Dh2.bindAddress=127.0.0.1",
				"-Djava.io.tmpdir=" + this.folder.path()));
		if (this.options.profile() != null) {
			command.add("-XX:StartFlightRecording=settings=profile,filename="
					+ this.options.profile().resolve(sample.logName() + ".jfr"));
		}
		command.addAll(List.of("-jar", program(sample.module()).toString(), "--server.port=" + sample.port(),
				"--nats.servers=" + this.options.ports().natsUrl(), "--nats.observation.enabled=false",
				"--sample.ack-mode=all"));
		command.addAll(databases.arguments(sample.database()));
		command.addAll(sample.arguments());
		return command;
	}

	private Path program(String module) {
		Path target = this.root.resolve(module).resolve("target");
		try (DirectoryStream<Path> jars = Files.newDirectoryStream(target, module + "-*-exec.jar")) {
			return jars.iterator().next();
		}
		catch (IOException | NoSuchElementException ex) {
			throw new RunException("There is no " + module + "-*-exec.jar in " + target + ": build it first", ex);
		}
	}

}
