package dev.natsboot.benchmark.allocation;

import java.util.concurrent.Callable;

/**
 * Constructors of what a microbenchmark needs can't throw checked exceptions.
 */
final class Unchecked {

	private Unchecked() {
	}

	static <T> T get(Callable<T> callable) {
		try {
			return callable.call();
		}
		catch (RuntimeException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
