package dev.natsboot.deadletter;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import dev.natsboot.listener.DeadLetterContent;
import dev.natsboot.observation.NatsMetrics;
import io.nats.client.JetStreamOptions;
import io.nats.client.PurgeOptions;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.impl.Headers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

class DeadLetterTemplateTests {

	private static DeadLetterRig rig;

	private DeadLetterTemplate template;

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
		this.template = rig.template();
	}

	@Test
	void showsAllThatIsKnownOfADeadLetter() throws Exception {
		rig.deadLetter("orders.created", "payment", "one");
		assertThat(this.template.streams()).containsExactly("DEAD");
		DeadLetter letter = this.template.find(id(1)).orElseThrow();
		assertThat(letter.id()).hasToString("DEAD:1");
		assertThat(letter.storedSubject()).isEqualTo("dead.payment");
		assertThat(letter.subject()).isEqualTo("orders.created");
		assertThat(letter.stream()).isEqualTo("ORDERS");
		assertThat(letter.consumer()).isEqualTo("worker");
		assertThat(letter.listener()).isEqualTo("payment");
		assertThat(letter.sequence()).isEqualTo(1);
		assertThat(letter.originalTime()).isNotNull();
		assertThat(letter.deliveries()).isEqualTo(5);
		assertThat(letter.exception()).isEqualTo("java.lang.IllegalStateException");
		assertThat(letter.text()).isEqualTo("no one");
		assertThat(letter.messageId()).isEqualTo("id-one");
		assertThat(letter.data()).asString().isEqualTo("one");
		assertThat(letter.headers()).containsOnly(Map.entry("customer", List.of("c-1", "c-2")),
				Map.entry("Content-Type", List.of("text/plain")));
		assertThat(this.template.find(id(2))).isEmpty();
	}

	@Test
	void listsManyInPagesAcrossGaps() throws Exception {
		for (int i = 1; i <= 250; i++) {
			rig.deadLetter("orders.created", "payment", Integer.toString(i));
		}
		for (int i = 20; i <= 180; i++) {
			rig.management().deleteMessage("DEAD", i, false);
		}
		List<Long> seen = new ArrayList<>();
		DeadLetterPage page = this.template.list(DeadLetterFilter.all(), null, 40);
		seen.addAll(sequences(page));
		while (page.next() != null) {
			assertThat(page.deadLetters()).hasSize(40);
			page = this.template.list(DeadLetterFilter.all(), page.next(), 40);
			seen.addAll(sequences(page));
		}
		assertThat(seen).hasSize(89).isSorted().doesNotHaveDuplicates().startsWith(1L).endsWith(250L);
		assertThatIllegalArgumentException().isThrownBy(() -> this.template.list(DeadLetterFilter.all(), null, 1001))
			.withMessageContaining("'limit' must be 1 to 1000, but is 1001");
	}

	@Test
	void listsOverSeveralStreams() throws Exception {
		rig.stream("DEAD_B", Duration.ofMinutes(2), "b.dead");
		rig.deadLetter("orders.created", "payment", "one");
		rig.client().jetStream().publish("b.dead", "two".getBytes());
		DeadLetterTemplate both = new DeadLetterTemplate(rig.manager(), JetStreamOptions.defaultOptions(),
				List.of("DEAD_B", "DEAD"), List::of);
		DeadLetterPage first = both.list(DeadLetterFilter.all(), null, 1);
		assertThat(first.deadLetters()).extracting(DeadLetter::id).containsExactly(id(1));
		assertThat(first.next()).isEqualTo(new DeadLetterId("DEAD_B", 1));
		DeadLetterPage second = both.list(DeadLetterFilter.all(), first.next(), 1);
		assertThat(second.deadLetters()).extracting(DeadLetter::id).containsExactly(first.next());
		assertThat(second.next()).isNull();
		assertThat(both.summarize().streams()).isEqualTo(Map.of("DEAD", 1L, "DEAD_B", 1L));
		assertThat(both.summarize().listeners()).isEqualTo(Map.of("payment", 1L, "?", 1L));
		assertThat(both.summarize().complete()).isTrue();
	}

	@Test
	void countsAcrossManyThatAreGone() throws Exception {
		rig.deadLetter("orders.created", "payment", "one");
		publish("dead.gone", 20_000);
		rig.management().purgeStream("DEAD", PurgeOptions.subject("dead.gone"));
		rig.deadLetter("orders.created", "audit", "two");
		assertThat(this.template.summarize())
			.isEqualTo(new DeadLetterSummary(Map.of("DEAD", 2L), Map.of("payment", 1L, "audit", 1L), true));
	}

	@Test
	void countsTenThousandOfAStreamAtMost() throws Exception {
		publish("dead.many", 10_000);
		assertThat(this.template.summarize())
			.isEqualTo(new DeadLetterSummary(Map.of("DEAD", 10_000L), Map.of("?", 10_000L), true));
		rig.deadLetter("orders.created", "payment", "one");
		assertThat(this.template.summarize())
			.isEqualTo(new DeadLetterSummary(Map.of("DEAD", 10_001L), Map.of("?", 10_000L), false));
	}

	@Test
	void filters() throws Exception {
		rig.deadLetter("orders.created", "payment", "one");
		rig.deadLetter("orders.created.v2", "payment", "two");
		rig.deadLetter("orders.shipped", "audit", "three");
		Instant time = this.template.find(id(2)).orElseThrow().time();
		DeadLetterFilter all = DeadLetterFilter.all();
		assertThat(list(all)).containsExactly(1L, 2L, 3L);
		assertThat(list(all.withSubject("orders.*"))).containsExactly(1L, 3L);
		assertThat(list(all.withListener("payment"))).containsExactly(1L, 2L);
		assertThat(list(all.withListener("payment").withSubject("orders.created.>"))).containsExactly(2L);
		assertThat(list(all.withStream("ORDERS").withConsumer("worker"))).hasSize(3);
		assertThat(list(all.withStream("OTHER"))).isEmpty();
		assertThat(list(all.withConsumer("other"))).isEmpty();
		assertThat(list(all.withException("IllegalStateException"))).hasSize(3);
		assertThat(list(all.withException("java.lang.IllegalStateException"))).hasSize(3);
		assertThat(list(all.withException("StateException"))).isEmpty();
		assertThat(list(all.withTime(time, null))).containsExactly(2L, 3L);
		assertThat(list(all.withTime(null, time))).containsExactly(1L);
		assertThatIllegalArgumentException().isThrownBy(() -> all.withSubject("a..b"));
	}

	@Test
	void sendsADeadLetterBackOnce() throws Exception {
		rig.deadLetter("orders.created", "payment", "one");
		AtomicLong redriven = new AtomicLong();
		this.template.setMetrics(new NatsMetrics() {

			@Override
			public void published(String subject, boolean failed) {
			}

			@Override
			public void redriven() {
				redriven.incrementAndGet();
			}

		});
		Redrive redrive = this.template.redrive(id(1));
		assertThat(redrive).isEqualTo(new Redrive(id(1), "orders.created", "ORDERS", 2, false));
		MessageInfo message = rig.management().getMessage("ORDERS", 2);
		assertThat(message.getSubject()).isEqualTo("orders.created");
		assertThat(message.getData()).asString().isEqualTo("one");
		assertThat(message.getHeaders().keySet()).filteredOn((name) -> !name.startsWith("Nats-Expected-"))
			.containsExactlyInAnyOrder("customer", "Content-Type", "Nats-Msg-Id", "Original-Message-Id");
		assertThat(message.getHeaders().get("customer")).containsExactly("c-1", "c-2");
		assertThat(message.getHeaders().getFirst("Original-Message-Id")).isEqualTo("id-one");
		assertThat(message.getHeaders().getFirst("Nats-Msg-Id")).startsWith("redrive:DEAD:1:");
		assertThat(rig.messages("DEAD")).isZero();
		assertThat(redriven).hasValue(1);
		assertThatExceptionOfType(DeadLetterNotFoundException.class).isThrownBy(() -> this.template.redrive(id(1)))
			.withMessageContaining("There is no dead letter DEAD:1, or no longer");
		assertThat(rig.messages("ORDERS")).isEqualTo(2);
	}

	@Test
	void aRedriveThatEndedBeforeTheDeletionIsStoredOnceWhenItIsRepeated() throws Exception {
		rig.deadLetter("orders.created", "payment", "one");
		DeadLetter letter = this.template.find(id(1)).orElseThrow();
		new DeadLetterSender(rig.client(), JetStreamOptions.defaultOptions()).send(letter);
		assertThat(rig.messages("ORDERS")).isEqualTo(2);
		assertThat(this.template.redrive(id(1))).isEqualTo(new Redrive(id(1), "orders.created", "ORDERS", 2, true));
		assertThat(rig.messages("ORDERS")).isEqualTo(2);
		assertThat(rig.messages("DEAD")).isZero();
	}

	@Test
	void aMessageThatFailsAgainCanBeSentBackAgain() throws Exception {
		rig.deadLetter("orders.created", "payment", "one");
		this.template.redrive(id(1));
		MessageInfo again = rig.management().getMessage("ORDERS", 2);
		rig.publish(new DeadLetterContent("orders.created", "ORDERS", "worker", 2, again.getTime().toInstant(),
				again.getHeaders(), again.getData(), "payment", 5, "X", null));
		DeadLetter letter = this.template.find(id(2)).orElseThrow();
		assertThat(letter.messageId()).isEqualTo("id-one");
		assertThat(this.template.redrive(id(2)).repeated()).isFalse();
		assertThat(rig.management().getMessage("ORDERS", 3).getHeaders().get("Original-Message-Id"))
			.containsExactly("id-one");
	}

	@Test
	void sendsBackByFilterAtAPace() throws Exception {
		for (int i = 1; i <= 100; i++) {
			rig.deadLetter("orders.created", (i % 2 == 0) ? "payment" : "audit", Integer.toString(i));
		}
		AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1000);
		List<Long> waits = new ArrayList<>();
		this.template.setTime(now::get, (nanos) -> {
			waits.add(nanos);
			now.addAndGet(nanos);
		});
		DeadLetterReport report = this.template.redriveAll(DeadLetterFilter.all().withListener("payment"), 10);
		assertThat(report).isEqualTo(new DeadLetterReport(50, 0, Map.of(), null));
		assertThat(waits).hasSize(49).containsOnly(TimeUnit.MILLISECONDS.toNanos(100));
		assertThat(rig.messages("DEAD")).isEqualTo(50);
		assertThat(rig.messages("ORDERS")).isEqualTo(150);
		assertThat(list(DeadLetterFilter.all().withListener("payment"))).isEmpty();
	}

	@Test
	void doesNotSendBackWhatFailsAgainMeanwhile() throws Exception {
		for (int i = 1; i <= 3; i++) {
			rig.deadLetter("orders.created", "payment", Integer.toString(i));
		}
		this.template.setTime(System::nanoTime,
				(nanos) -> deadLetter("again-" + rig.messages("DEAD") + "-" + rig.messages("ORDERS")));
		DeadLetterReport report = this.template.redriveAll(DeadLetterFilter.all(), 1);
		assertThat(report.done()).isEqualTo(3);
		assertThat(rig.messages("DEAD")).isEqualTo(2);
	}

	@Test
	void doesNotSendBackWhatIsDroppedMeanwhile() throws Exception {
		for (int i = 1; i <= 3; i++) {
			rig.deadLetter("orders.created", "payment", Integer.toString(i));
		}
		this.template.setTime(System::nanoTime, (nanos) -> this.template.drop(id(2)));
		DeadLetterReport report = this.template.redriveAll(DeadLetterFilter.all(), 1);
		assertThat(report).isEqualTo(new DeadLetterReport(2, 0, Map.of(), null));
		assertThat(rig.messages("ORDERS")).isEqualTo(5);
		assertThat(rig.messages("DEAD")).isZero();
	}

	@Test
	void endsWhenTheThreadIsInterruptedAndKeepsTheRest() throws Exception {
		rig.deadLetter("orders.created", "payment", "one");
		rig.deadLetter("orders.created", "payment", "two");
		this.template.setTime(System::nanoTime, (nanos) -> {
			throw new InterruptedException();
		});
		DeadLetterReport report = this.template.redriveAll(DeadLetterFilter.all());
		assertThat(Thread.interrupted()).isTrue();
		assertThat(report).isEqualTo(new DeadLetterReport(1, 0, Map.of(), "The thread was interrupted"));
		assertThat(rig.messages("DEAD")).isEqualTo(1);
	}

	@Test
	void keepsWhatItsStreamDoesNotTakeBack() throws Exception {
		rig.deadLetter("orders.created", "payment", "one");
		rig.deadLetter("orders.other", "payment", "two");
		rig.deleteStream("ORDERS");
		assertThatExceptionOfType(DeadLetterException.class).isThrownBy(() -> this.template.redrive(id(1)))
			.withMessage("Dead letter DEAD:1 can't be published to 'orders.created', and stays: "
					+ "no stream captures this subject")
			.satisfies((ex) -> assertThat(ex.getApiErrorCode()).isEqualTo(503));
		rig.stream("RENAMED", Duration.ofMinutes(2), "orders.created");
		assertThatExceptionOfType(DeadLetterException.class).isThrownBy(() -> this.template.redrive(id(1)))
			.withMessageContaining("the subject belongs to another stream than 'ORDERS' now")
			.satisfies((ex) -> assertThat(ex.getApiErrorCode()).isEqualTo(10060));
		DeadLetterReport report = this.template.redriveAll(DeadLetterFilter.all());
		assertThat(report.done()).isZero();
		assertThat(report.failed()).isEqualTo(2);
		assertThat(report.failures()).containsOnlyKeys(id(1), id(2));
		assertThat(report.stopped()).isNull();
		assertThat(rig.messages("DEAD")).isEqualTo(2);
		assertThat(this.template.redrive(id(1), "orders.created").stream()).isEqualTo("RENAMED");
		assertThat(rig.messages("DEAD")).isEqualTo(1);
	}

	@Test
	void sendsBackWhatHadNoRoomForItsHeaders() throws Exception {
		int max = (int) rig.client().getMaxPayload();
		rig.client().jetStream().publish("dead.payment", new byte[max - 100]);
		rig.client()
			.jetStream()
			.publish("dead.payment", new Headers().add("Dead-Letter-Subject", "orders.large"), new byte[max - 300]);
		assertThatExceptionOfType(DeadLetterException.class).isThrownBy(() -> this.template.redrive(id(1)))
			.withMessageContaining("doesn't say to which subject it belongs");
		assertThat(this.template.redrive(id(1), "orders.named").sequence()).isEqualTo(1);
		assertThat(this.template.redrive(id(2)).subject()).isEqualTo("orders.large");
		assertThat(rig.management().getMessage("ORDERS", 2).getData()).hasSize(max - 300);
	}

	@Test
	void touchesNothingButDeadLetters() throws Exception {
		rig.client().jetStream().publish("orders.created", "an order".getBytes());
		DeadLetterId order = new DeadLetterId("ORDERS", 1);
		assertThat(this.template.find(order)).isEmpty();
		assertThat(this.template.drop(order)).isFalse();
		assertThatExceptionOfType(DeadLetterNotFoundException.class).isThrownBy(() -> this.template.redrive(order));
		rig.deleteStream("DEAD");
		rig.management()
			.updateStream(StreamConfiguration.builder().name("ORDERS").subjects("orders.>", "dead.>").build());
		rig.deadLetter("orders.created", "payment", "one");
		assertThat(this.template.list(DeadLetterFilter.all(), null, 10).deadLetters()).extracting(DeadLetter::id)
			.containsExactly(new DeadLetterId("ORDERS", 3));
		assertThat(this.template.drop(order)).isFalse();
		assertThat(this.template.dropAll(DeadLetterFilter.all()).done()).isEqualTo(1);
		assertThat(rig.messages("ORDERS")).isEqualTo(2);
	}

	@Test
	void drops() throws Exception {
		rig.deadLetter("orders.created", "payment", "one");
		rig.deadLetter("orders.created", "audit", "two");
		rig.deadLetter("orders.created", "payment", "three");
		assertThat(this.template.drop(id(2))).isTrue();
		assertThat(this.template.drop(id(2))).isFalse();
		assertThat(this.template.dropAll(DeadLetterFilter.all().withListener("payment")).done()).isEqualTo(2);
		assertThat(rig.messages("DEAD")).isZero();
		assertThat(rig.messages("ORDERS")).isEqualTo(3);
	}

	@Test
	void refusesStreamsThatKeepEverything() throws Exception {
		rig.deleteStream("DEAD");
		rig.management()
			.addStream(StreamConfiguration.builder().name("DEAD").subjects("dead.>").denyDelete(true).build());
		rig.deadLetter("orders.created", "payment", "one");
		assertThatExceptionOfType(DeadLetterException.class).isThrownBy(() -> this.template.redrive(id(1)))
			.withMessageContaining("Stream 'DEAD' doesn't allow to delete a message");
		assertThat(rig.messages("ORDERS")).isEqualTo(1);
	}

	@Test
	void readsHeadersThatAreNotAscii() throws Exception {
		RawClient.publish(rig.server().port(), "dead.payment", "Dead-Letter-Subject: orders.x\r\nname: M\u00fcller",
				"ab");
		await().until(() -> rig.messages("DEAD") == 1);
		assertThat(this.template.find(id(1)).orElseThrow().headers()).containsEntry("name", List.of("M?ller"));
		assertThat(this.template.redrive(id(1)).subject()).isEqualTo("orders.x");
	}

	private static void publish(String subject, int messages) throws Exception {
		long last = rig.messages("DEAD") + messages;
		for (int i = 0; i < messages; i++) {
			rig.client().publish(subject, new byte[0]);
		}
		await().until(() -> rig.messages("DEAD") == last);
	}

	private static void deadLetter(String body) {
		try {
			rig.deadLetter("orders.created", "payment", body);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private List<Long> list(DeadLetterFilter filter) {
		return sequences(this.template.list(filter, null, 100));
	}

	private static List<Long> sequences(DeadLetterPage page) {
		return page.deadLetters().stream().map((letter) -> letter.id().sequence()).toList();
	}

	private static DeadLetterId id(long sequence) {
		return new DeadLetterId("DEAD", sequence);
	}

}
