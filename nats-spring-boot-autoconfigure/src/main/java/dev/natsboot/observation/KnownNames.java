package dev.natsboot.observation;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The names of what is observed: made once for each subject or endpoint, and looked up
 * once for each observation, although a convention is asked for them three times.
 *
 * @param <T> what has names
 */
final class KnownNames<T> {

	private final Map<T, FixedNames> names = new ConcurrentHashMap<>();

	private final Function<T, FixedNames> maker;

	KnownNames(Function<T, FixedNames> maker) {
		this.maker = maker;
	}

	FixedNames of(T observed, ContextState state) {
		FixedNames names = state.names();
		if (names == null) {
			names = find(observed);
			state.setNames(names);
		}
		return names;
	}

	private FixedNames find(T observed) {
		FixedNames known = this.names.get(observed);
		return (known != null) ? known : this.names.computeIfAbsent(observed, this.maker);
	}

}
