package dev.natsboot.service;

import io.nats.client.support.Validator;

import org.springframework.util.Assert;

/**
 * What ADR-32 allows as names and versions.
 */
final class ServiceNames {

	private ServiceNames() {
	}

	static String requireName(String name, String what) {
		Assert.isTrue(name.matches("[A-Za-z0-9_-]+"), () -> what + " is '" + name
				+ "' and may only have letters, digits, '-' and '_', for example 'order-service'");
		return name;
	}

	static String requireVersion(String version, String what) {
		Assert.isTrue(Validator.isSemVer(version),
				() -> what + " is '" + version + "' and must be a semantic version, for example '1.2.0'");
		return version;
	}

}
