package dev.natsboot.connection;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Function;

import io.nats.client.Connection;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.ReflectionUtils;

/**
 * A proxy for something that is made from a manager's connection, and made again when the
 * connection was replaced.
 *
 * @param <T> the type of the target
 */
class ConnectionProxy<T> implements InvocationHandler {

	private final NatsConnectionManager manager;

	private final Class<T> type;

	private final Function<Connection, T> factory;

	private volatile @Nullable Target<T> target;

	ConnectionProxy(NatsConnectionManager manager, Class<T> type, Function<Connection, T> factory) {
		Assert.isTrue(type.isInterface(), () -> "'type' must be an interface, but is " + type.getName());
		this.manager = manager;
		this.type = type;
		this.factory = factory;
	}

	T create() {
		return this.type.cast(Proxy.newProxyInstance(this.type.getClassLoader(), new Class<?>[] { this.type }, this));
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
		if (ReflectionUtils.isObjectMethod(method)) {
			return invokeObjectMethod(proxy, method, arguments);
		}
		try {
			return method.invoke(target(), arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

	private Object invokeObjectMethod(Object proxy, Method method, Object @Nullable [] arguments) {
		return switch (method.getName()) {
			case "equals" -> arguments != null && proxy == arguments[0];
			case "hashCode" -> System.identityHashCode(proxy);
			default -> this.type.getSimpleName() + " of " + this.manager;
		};
	}

	private T target() {
		Connection connection = this.manager.current();
		Target<T> target = this.target;
		if (target == null || target.connection() != connection) {
			target = new Target<>(connection, this.factory.apply(connection));
			this.target = target;
		}
		return target.value();
	}

	NatsConnectionManager manager() {
		return this.manager;
	}

	private record Target<T>(Connection connection, T value) {
	}

	/**
	 * The connection itself. It can be asked for its status at any time, and
	 * {@code close()} is left to the manager.
	 */
	static final class ForConnection extends ConnectionProxy<Connection> {

		ForConnection(NatsConnectionManager manager) {
			super(manager, Connection.class, Function.identity());
		}

		@Override
		public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
			if (method.getName().equals("close")) {
				return null;
			}
			if (method.getName().equals("getStatus") && manager().currentOrNull() == null) {
				return manager().isRunning() ? Connection.Status.CONNECTING : Connection.Status.CLOSED;
			}
			return super.invoke(proxy, method, arguments);
		}

	}

}
