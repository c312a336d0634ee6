package dev.natsboot.test;

import java.util.List;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

import org.springframework.core.env.StandardEnvironment;
import org.springframework.test.context.TestContextAnnotationUtils;

/**
 * Starts a nats-server for a test class without Spring and hands it to parameters of type
 * {@link EmbeddedNatsServer}. The class may carry {@link EmbeddedNats @EmbeddedNats} to
 * say how; its placeholders are resolved from system properties and environment
 * variables. The server ends with the test class; a nested class uses the same, unless it
 * is annotated otherwise.
 *
 * <pre class="code">
 * &#064;ExtendWith(EmbeddedNatsExtension.class)
 * class GreeterTests {
 *
 *     &#064;Test
 *     void greets(EmbeddedNatsServer server) throws Exception {
 *         try (Connection connection = Nats.connect(server.getUrl())) {
 *             // ...
 *         }
 *     }
 *
 * }</pre>
 */
public class EmbeddedNatsExtension implements BeforeAllCallback, ParameterResolver {

	private static final Namespace NAMESPACE = Namespace.create(EmbeddedNatsExtension.class);

	/**
	 * Create the extension, as JUnit does.
	 */
	public EmbeddedNatsExtension() {
	}

	@Override
	public void beforeAll(ExtensionContext context) {
		server(context);
	}

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return parameter.getParameter().getType() == EmbeddedNatsServer.class;
	}

	@Override
	public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
		return server(context);
	}

	/**
	 * A nested class finds its outer class's server under the same settings.
	 */
	private EmbeddedNatsServer server(ExtensionContext context) {
		return context.getStore(NAMESPACE)
			.computeIfAbsent(settings(context.getRequiredTestClass()), EmbeddedNatsServer::new,
					EmbeddedNatsServer.class);
	}

	private static EmbeddedNatsSettings settings(Class<?> testClass) {
		EmbeddedNats annotation = TestContextAnnotationUtils.findMergedAnnotation(testClass, EmbeddedNats.class);
		return (annotation != null) ? EmbeddedNatsSettings.of(annotation, new StandardEnvironment())
				: new EmbeddedNatsSettings(0, true, 1, List.of(), "", "");
	}

}
