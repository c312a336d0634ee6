package dev.natsboot.benchmark;

import java.util.List;
import java.util.stream.Stream;

import dev.natsboot.benchmark.program.ProgramSettings;
import dev.natsboot.benchmark.program.RawProgram;
import dev.natsboot.benchmark.program.StarterProgram;

/**
 * One of the two programs that are compared.
 *
 * @param program its class
 * @param settings what it does
 * @param properties further properties of an application
 */
record Side(Class<?> program, ProgramSettings settings, List<String> properties) {

	private static final List<String> COMMON = List.of("--spring.config.location=classpath:/benchmark/");

	/**
	 * An application on the starter, with metrics.
	 */
	static Side starter(ProgramSettings settings, String... properties) {
		return new Side(StarterProgram.class, settings, List.of(properties));
	}

	/**
	 * A program on jnats alone.
	 */
	static Side jnats(ProgramSettings settings) {
		return new Side(RawProgram.class, settings, List.of());
	}

	List<String> arguments() {
		return Stream.of(this.settings.arguments(), COMMON, this.properties).flatMap(List::stream).toList();
	}

	Side with(ProgramSettings other) {
		return new Side(this.program, other, this.properties);
	}

}
