package dev.natsboot.deadletter;

import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.natsboot.annotation.NatsListener;
import dev.natsboot.autoconfigure.NatsConverterAutoConfiguration;
import dev.natsboot.autoconfigure.NatsDeadLetterAutoConfiguration;
import dev.natsboot.autoconfigure.NatsJetStreamOptionsAutoConfiguration;
import dev.natsboot.autoconfigure.NatsListenerAutoConfiguration;
import dev.natsboot.autoconfigure.NatsTemplateAutoConfiguration;
import dev.natsboot.autoconfigure.NatsTopologyAutoConfiguration;
import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.core.EndpointState.Status;
import dev.natsboot.listener.DeadLetterContent;
import dev.natsboot.listener.DeadLetterHeaders;
import dev.natsboot.listener.DeadLetterPublisher;
import dev.natsboot.listener.ListenerContainer;
import dev.natsboot.listener.NatsListenerEndpointRegistry;
import dev.natsboot.observation.MicrometerNatsMetrics;
import dev.natsboot.observation.NatsMetrics;
import dev.natsboot.observation.SubjectTags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamOptions;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.Subscription;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StreamConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ExtendWith(OutputCaptureExtension.class)
class MaxDeliveriesFollowerTests {

	private static final String FOLLOWER = "bound-max-deliveries";

	private static DeadLetterRig rig;

	@BeforeAll
	static void start() throws Exception {
		rig = new DeadLetterRig();
	}

	@AfterAll
	static void stop() throws Exception {
		rig.close();
	}

	@BeforeEach
	void prepare() throws Exception {
		rig.reset();
		consumer("ORDERS", 2);
	}

	@Test
	void aMessageWhoseLastDeliveryNobodyAnsweredBecomesOneDeadLetter() throws Exception {
		runner().run((context) -> {
			pauseWhenFollowed(context);
			rig.client().jetStream().publish("orders.created", "deadly".getBytes());
			park();
			await().untilAsserted(() -> assertThat(rig.messages("DEAD")).isEqualTo(1));
			awaitIdle("NATS_ADVISORIES");
		});
		MessageInfo dead = rig.management().getMessage("DEAD", 1);
		assertThat(dead.getSubject()).isEqualTo("dead.ORDERS.bound");
		assertThat(dead.getData()).asString().isEqualTo("deadly");
		assertThat(dead.getHeaders().getFirst("Nats-Msg-Id")).startsWith("dlq:ORDERS:bound:1:");
		assertThat(dead.getHeaders().getFirst(DeadLetterHeaders.LISTENER)).isEqualTo("bound");
		assertThat(dead.getHeaders().getFirst(DeadLetterHeaders.DELIVERIES)).isEqualTo("2");
		assertThat(dead.getHeaders().getFirst(DeadLetterHeaders.TEXT)).isEqualTo("No answer in 2 deliveries");
		assertThat(rig.messages("DEAD")).isEqualTo(1);
		assertThat(rig.messages("ORDERS")).isEqualTo(1);
		assertThat(rig.management().getStreamInfo("NATS_ADVISORIES").getConfiguration().getReplicas()).isEqualTo(1);
	}

	@Test
	void aMessageWhoseHandlerIsKilledAtEveryDeliveryBecomesOneDeadLetter() throws Exception {
		Subscription running = rig.client().subscribe(HangingProcess.RUNNING);
		killWhenRunning(running, true);
		killWhenRunning(running, false);
		running.unsubscribe();
		runner().run((context) -> {
			await().untilAsserted(() -> assertThat(rig.messages("DEAD")).isEqualTo(1));
			awaitIdle("NATS_ADVISORIES");
			assertThat(rig.messages("DEAD")).isEqualTo(1);
			assertThat(rig.management().getMessage("DEAD", 1).getData()).asString().isEqualTo("deadly");
			assertThat(context.getBean(Handlers.class).handled).hasValue(0);
		});
	}

	private static void killWhenRunning(Subscription running, boolean first) throws Exception {
		Process process = HangingProcess.start(rig.server().url());
		try {
			if (first) {
				await().atMost(Duration.ofSeconds(30))
					.until(() -> rig.management().getStreamNames().contains("NATS_ADVISORIES"));
				rig.client().jetStream().publish("orders.created", "deadly".getBytes());
			}
			assertThat(running.nextMessage(Duration.ofSeconds(30))).isNotNull();
		}
		finally {
			process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
		}
	}

	@Test
	void aWorkQueueLosesTheMessageToItsDeadLetter() throws Exception {
		workQueue();
		runner().run((context) -> {
			pauseWhenFollowed(context);
			rig.client().jetStream().publish("orders.created", "deadly".getBytes());
			park();
			await().untilAsserted(() -> assertThat(rig.messages("ORDERS")).isZero());
			assertThat(rig.messages("DEAD")).isEqualTo(1);
		});
	}

	private static void workQueue() throws Exception {
		rig.deleteStream("ORDERS");
		rig.management()
			.addStream(StreamConfiguration.builder()
				.name("ORDERS")
				.subjects("orders.>")
				.retentionPolicy(RetentionPolicy.WorkQueue)
				.build());
		consumer("ORDERS", 2);
	}

	@Test
	void whatTheListenerDeadLetteredItselfDoesNotComeTwice() throws Exception {
		runner().run((context) -> {
			pauseWhenFollowed(context);
			long sequence = rig.client().jetStream().publish("orders.created", "deadly".getBytes()).getSeqno();
			Message last = park();
			publishAsTheListenerDoes(last);
			rig.client().jetStream().publish("orders.created", "next".getBytes());
			park();
			await().untilAsserted(() -> assertThat(rig.messages("DEAD")).isEqualTo(2));
			awaitIdle("NATS_ADVISORIES");
			assertThat(rig.messages("DEAD")).isEqualTo(2);
			assertThat(rig.management().getMessage("DEAD", 1).getHeaders().getFirst("Nats-Msg-Id"))
				.startsWith("dlq:ORDERS:bound:" + sequence + ":");
			assertThat(rig.management().getMessage("DEAD", 2).getData()).asString().isEqualTo("next");
		});
	}

	@Test
	void aMessageThatTheServerStopsToDeliverIsCountedAsADeadLetterOfItsListener() {
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		runner()
			.withBean(NatsMetrics.class,
					() -> new MicrometerNatsMetrics(meters, new SubjectTags(10, List.of()), List.of()))
			.run((context) -> {
				pauseWhenFollowed(context);
				rig.client().jetStream().publish("orders.created", "deadly".getBytes());
				park();
				await().untilAsserted(() -> assertThat(
						meters.get("nats.messages.dead.lettered").tag("listener", "bound").counter().count())
					.isEqualTo(1));
				awaitIdle("NATS_ADVISORIES");
			});
	}

	@Test
	void norAfterTheDuplicateWindowOfTheDeadLetterStream() throws Exception {
		rig.deleteStream("DEAD");
		rig.stream("DEAD", Duration.ofMillis(100), "dead.>");
		runner().run((context) -> {
			pauseWhenFollowed(context);
			rig.client().jetStream().publish("orders.created", "deadly".getBytes());
		});
		Message last = park();
		publishAsTheListenerDoes(last);
		await().pollDelay(Duration.ofMillis(300)).until(() -> true);
		runner().run((context) -> {
			pauseWhenFollowed(context);
			awaitIdle("NATS_ADVISORIES");
			assertThat(rig.messages("DEAD")).isEqualTo(1);
		});
	}

	/**
	 * With a back-off the ack wait of the server's consumer is the first of its
	 * durations, and the last delivery is waited for as long as the last one says.
	 */
	@Test
	void norWhenTheLastDeliveryWasLongBeforeTheAdvisory() throws Exception {
		rig.deleteStream("DEAD");
		rig.stream("DEAD", Duration.ofMillis(500), "dead.>");
		rig.management()
			.addOrUpdateConsumer("ORDERS",
					ConsumerConfiguration.builder()
						.durable("bound")
						.maxDeliver(3)
						.backoff(Duration.ofMillis(50), Duration.ofSeconds(1))
						.build());
		runner().run((context) -> {
			pauseWhenFollowed(context);
			rig.client().jetStream().publish("orders.created", "deadly".getBytes());
			JetStreamSubscription subscription = subscribe();
			publishAsTheListenerDoes(take(subscription, 3));
			leave(subscription);
			await().untilAsserted(() -> assertThat(rig.messages("NATS_ADVISORIES")).isEqualTo(1));
			awaitIdle("NATS_ADVISORIES");
			assertThat(rig.messages("DEAD")).isEqualTo(1);
		});
	}

	@Test
	void advisoriesThatAreSentWhileNobodyListensAreReadLater() throws Exception {
		runner().run(MaxDeliveriesFollowerTests::pauseWhenFollowed);
		rig.client().jetStream().publish("orders.created", "deadly".getBytes());
		park();
		assertThat(rig.messages("DEAD")).isZero();
		runner().run((context) -> await().untilAsserted(() -> assertThat(rig.messages("DEAD")).isEqualTo(1)));
	}

	@Test
	void aMessageThatIsGoneLeavesNothingToDo() throws Exception {
		runner().run((context) -> {
			parkWhileNobodyFollows(context);
			rig.management().deleteMessage("ORDERS", 1, false);
			container(context, FOLLOWER).resume();
			awaitIdle("NATS_ADVISORIES");
			assertThat(rig.messages("DEAD")).isZero();
		});
	}

	@Test
	void aMessageThatHasTheSequenceOfAnotherInAStreamMadeAnewStays() throws Exception {
		runner().run((context) -> {
			parkWhileNobodyFollows(context);
			workQueue();
			rig.client().jetStream().publish("orders.created", "innocent".getBytes());
			container(context, FOLLOWER).resume();
			awaitIdle("NATS_ADVISORIES");
			assertThat(rig.messages("DEAD")).isZero();
			assertThat(rig.messages("ORDERS")).isEqualTo(1);
		});
	}

	@Test
	void aStreamOfAdvisoriesThatIsLostIsMadeAnewWhenTheListenerBindsAgain() throws Exception {
		runner().run((context) -> {
			pauseWhenFollowed(context);
			rig.deleteStream("NATS_ADVISORIES");
			container(context, "bound").resume();
			await().until(() -> rig.management().getStreamNames().contains("NATS_ADVISORIES"));
			container(context, "bound").pause();
			rig.client().jetStream().publish("orders.created", "deadly".getBytes());
			park();
			await().untilAsserted(() -> assertThat(rig.messages("DEAD")).isEqualTo(1));
		});
	}

	@Test
	void aStreamThatHasTheAdvisoriesAlreadyIsUsed() throws Exception {
		rig.stream("MINE", Duration.ofMinutes(2), "$JS.EVENT.ADVISORY.>");
		runner().run((context) -> {
			pauseWhenFollowed(context);
			rig.client().jetStream().publish("orders.created", "deadly".getBytes());
			park();
			await().untilAsserted(() -> assertThat(rig.messages("DEAD")).isEqualTo(1));
			assertThat(rig.management().getStreamNames()).containsExactlyInAnyOrder("MINE", "ORDERS", "DEAD");
		});
	}

	@Test
	void withoutAStreamTheAdvisoriesAreReceivedByAPlainSubscription(CapturedOutput output) throws Exception {
		runner().withPropertyValues("nats.jetstream.provisioning=none").run((context) -> {
			pauseWhenFollowed(context);
			rig.client().jetStream().publish("orders.created", "deadly".getBytes());
			park();
			await().untilAsserted(() -> assertThat(rig.messages("DEAD")).isEqualTo(1));
			assertThat(rig.management().getStreamNames()).containsExactlyInAnyOrder("ORDERS", "DEAD");
			assertThat(output)
				.contains("The consumer 'bound' of stream 'ORDERS' has a limit of deliveries (max_deliver). "
						+ "Advisories about its last one are received by a plain subscription, "
						+ "as nats.jetstream.provisioning doesn't allow to create stream 'NATS_ADVISORIES'");
		});
	}

	@Test
	void aConsumerWithoutALimitIsNotFollowed() throws Exception {
		rig.management().deleteConsumer("ORDERS", "bound");
		consumer("ORDERS", -1);
		runner().run((context) -> {
			await().until(() -> container(context, "bound").getState().status() == Status.RUNNING);
			assertThat(container(context, FOLLOWER)).isNull();
			assertThat(rig.management().getStreamNames()).doesNotContain("NATS_ADVISORIES");
		});
	}

	@Test
	void canBeSwitchedOff() {
		runner().withPropertyValues("nats.dead-letters.advisories.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(MaxDeliveriesFollower.class));
	}

	private static void consumer(String stream, int maxDeliver) throws IOException, JetStreamApiException {
		rig.management()
			.addOrUpdateConsumer(stream,
					ConsumerConfiguration.builder()
						.durable("bound")
						.maxDeliver(maxDeliver)
						.ackWait(Duration.ofMillis(300))
						.build());
	}

	/**
	 * Take the message twice and never answer, as a process does that is killed, and pull
	 * once more: only then nats-server 2.9 says that it gave up.
	 */
	private static Message park() throws Exception {
		JetStreamSubscription subscription = subscribe();
		Message last = take(subscription, 2);
		leave(subscription);
		return last;
	}

	private static JetStreamSubscription subscribe() throws Exception {
		return rig.client().jetStream().subscribe(null, PullSubscribeOptions.fastBind("ORDERS", "bound"));
	}

	private static Message take(JetStreamSubscription subscription, int deliveries) throws Exception {
		Message last = null;
		for (int delivery = 1; delivery <= deliveries; delivery++) {
			subscription.pull(1);
			last = subscription.nextMessage(Duration.ofSeconds(5));
			assertThat(last.metaData().deliveredCount()).isEqualTo(delivery);
		}
		return last;
	}

	private static void leave(JetStreamSubscription subscription) throws Exception {
		subscription.pullExpiresIn(1, Duration.ofSeconds(2));
		assertThat(subscription.nextMessage(Duration.ofMillis(2500))).isNull();
		subscription.unsubscribe();
	}

	private static void publishAsTheListenerDoes(Message last) throws Exception {
		new DeadLetterPublisher(rig.client(), JetStreamOptions.defaultOptions(), NatsMetrics.NONE,
				"dead.{stream}.{consumer}")
			.publish(new DeadLetterContent(last.getSubject(), "ORDERS", "bound", last.metaData().streamSequence(),
					last.metaData().timestamp().withZoneSameInstant(ZoneOffset.UTC).toInstant(), last.getHeaders(),
					last.getData(), "bound", 2, IllegalStateException.class.getName(), "no"));
	}

	private static void parkWhileNobodyFollows(ApplicationContext context) throws Exception {
		pauseWhenFollowed(context);
		container(context, FOLLOWER).pause();
		rig.client().jetStream().publish("orders.created", "deadly".getBytes());
		park();
		await().untilAsserted(() -> assertThat(rig.messages("NATS_ADVISORIES")).isEqualTo(1));
	}

	private static void pauseWhenFollowed(ApplicationContext context) {
		await().untilAsserted(() -> assertThat(container(context, FOLLOWER)).isNotNull());
		await().until(() -> container(context, FOLLOWER).getState().status() == Status.RUNNING);
		container(context, "bound").pause();
	}

	private static void awaitIdle(String stream) {
		await().untilAsserted(() -> {
			var consumer = rig.management().getConsumerInfo(stream, "bound@ORDERS");
			assertThat(consumer.getNumPending() + consumer.getNumAckPending()).isZero();
			assertThat(consumer.getDelivered().getStreamSequence()).isEqualTo(rig.messages(stream));
		});
	}

	private static ListenerContainer container(ApplicationContext context, String id) {
		return context.getBean(NatsListenerEndpointRegistry.class).getListenerContainer(id);
	}

	private static ApplicationContextRunner runner() {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(NatsConverterAutoConfiguration.class,
					NatsJetStreamOptionsAutoConfiguration.class, NatsTopologyAutoConfiguration.class,
					NatsTemplateAutoConfiguration.class, NatsListenerAutoConfiguration.class,
					NatsDeadLetterAutoConfiguration.class))
			.withBean(NatsConnectionManager.class,
					() -> NatsConnectionManager.builder()
						.options((options) -> options.server(rig.server().url()))
						.build())
			.withBean(Handlers.class);
	}

	static class Handlers {

		private final AtomicInteger handled = new AtomicInteger();

		@NatsListener(id = "bound", stream = "ORDERS", consumer = "bound",
				deadLetterSubject = "dead.{stream}.{consumer}")
		void handle(String order) {
			this.handled.incrementAndGet();
		}

	}

}
