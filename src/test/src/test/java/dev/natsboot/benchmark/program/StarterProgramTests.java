package dev.natsboot.benchmark.program;

import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class StarterProgramTests {

	@Test
	void theApplicationWithoutTheStarterLeavesOutWhatTheOtherOneDoes() {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.addLast(new MapPropertySource("configured", Map.of("spring.autoconfigure.exclude[0]",
					"org.example.TracingAutoConfiguration", "spring.autoconfigure.exclude[1]", "org.example.Other")));
		StarterProgram.excludeStarter(environment);
		String[] excluded = Binder.get(environment).bind("spring.autoconfigure.exclude", String[].class).get();
		assertThat(excluded).contains("org.example.TracingAutoConfiguration", "org.example.Other",
				"dev.natsboot.autoconfigure.NatsAutoConfiguration");
		assertThat(excluded).allMatch((name) -> name.startsWith("dev.natsboot.") || name.startsWith("org.example."));
	}

}
