package dev.natsboot.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Import;

/**
 * Starts a real nats-server together with the application context and connects the
 * application to it, whatever the {@code nats.*} properties say. The server listens on
 * the loopback interface only and ends with the context.
 * <p>
 * On a test class:
 *
 * <pre class="code">
 * &#064;SpringBootTest
 * &#064;EmbeddedNats
 * class GreetingTests {
 *
 *     &#064;Test
 *     void greets(&#064;Autowired NatsTemplate nats, &#064;Autowired EmbeddedNatsServer server) {
 *         // ...
 *     }
 *
 * }</pre>
 *
 * Tests with equal attributes share a context, and with it the server. For a development
 * run, on a configuration class among the test sources:
 *
 * <pre class="code">
 * &#064;TestConfiguration(proxyBeanMethods = false)
 * &#064;EmbeddedNats(port = "4222")
 * class TestGreetingApplication {
 *
 *     public static void main(String[] args) {
 *         SpringApplication.from(GreetingApplication::main).with(TestGreetingApplication.class).run(args);
 *     }
 *
 * }</pre>
 *
 * The server itself is injectable as {@link EmbeddedNatsServer}, to stop, kill and start
 * it. A context has one embedded server: when several annotations are found, the test
 * class's counts. Without Spring, {@link EmbeddedNatsExtension} reads this annotation,
 * too.
 * <p>
 * The nats-server program must be installed: it is looked for in {@link #executable()},
 * then in the environment variable {@code nats_server_path}, then on the {@code PATH}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@Import(EmbeddedNatsRegistrar.class)
public @interface EmbeddedNats {

	/**
	 * The port for clients. The nodes of a cluster take it and those that follow.
	 * @return the port, {@code 0} for a free one; may be a <code>${...}</code>
	 * placeholder
	 */
	String port() default "0";

	/**
	 * Whether JetStream is switched on.
	 * @return whether JetStream is switched on
	 */
	boolean jetStream() default true;

	/**
	 * The number of servers. More than one form a cluster, in which a stream may have as
	 * many replicas as there are servers.
	 * @return the number of servers
	 */
	int clusterSize() default 1;

	/**
	 * Lines to add to the configuration file of each server, such as
	 * <code>"authorization { token: secret }"</code> or {@code "max_payload: 8MB"}.
	 * @return the lines, which may contain <code>${...}</code> placeholders
	 */
	String[] configuration() default {};

	/**
	 * The folder for JetStream's data. It is created when missing and kept at the end.
	 * @return the path of the folder, empty for a temporary one that is removed at the
	 * end; may be a <code>${...}</code> placeholder
	 */
	String storeDirectory() default "";

	/**
	 * The path of the nats-server program.
	 * @return the path, empty to use the environment variable {@code nats_server_path} or
	 * the {@code PATH}; may be a <code>${...}</code> placeholder
	 */
	String executable() default "";

}
