package dev.natsboot.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.util.ClassUtils;

/**
 * All auto-configurations of the library, as an application gets them.
 */
final class AllNatsAutoConfigurations {

	private AllNatsAutoConfigurations() {
	}

	static AutoConfigurations get() {
		ClassLoader classLoader = AllNatsAutoConfigurations.class.getClassLoader();
		return AutoConfigurations.of(ImportCandidates.load(AutoConfiguration.class, classLoader)
			.getCandidates()
			.stream()
			.filter((name) -> name.startsWith("dev.natsboot."))
			.map((name) -> ClassUtils.resolveClassName(name, classLoader))
			.toArray(Class<?>[]::new));
	}

}
