package dev.natsboot.observation;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

class NatsMeterObservationHandlerTests {

	private static final ObservedEndpoint ENDPOINT = new ObservedEndpoint("payment", List.of("orders.>"), "workers",
			"ORDERS", false);

	private final MockClock clock = new MockClock();

	private final MeterRegistry meters = new SimpleMeterRegistry(SimpleConfig.DEFAULT, this.clock);

	private final NatsMeterObservationHandler handler = new NatsMeterObservationHandler(this.meters, true);

	@Test
	void makesTheMetersThatTheDefaultHandlerMakes() {
		MockClock another = new MockClock();
		MeterRegistry expected = new SimpleMeterRegistry(SimpleConfig.DEFAULT, another);
		observeAllKinds(new DefaultMeterObservationHandler(expected), another);
		observeAllKinds(this.handler, this.clock);
		assertThat(measurements(this.meters)).isEqualTo(measurements(expected));
	}

	@Test
	void describesTheMeters() {
		NatsObservations observations = observations(this.handler);
		end(observations.publish("orders.created", new Headers(), 5), this.clock);
		end(observations.request("greeter", new Headers(), 5).error(new IllegalStateException("expected")), this.clock);
		end(observations.process(ENDPOINT, message()), this.clock);
		assertThat(this.meters.getMeters()).hasSize(6)
			.extracting((meter) -> meter.getId().getDescription())
			.doesNotContainNull()
			.doesNotHaveDuplicates();
	}

	private static Map<Meter.Id, String> measurements(MeterRegistry registry) {
		return registry.getMeters()
			.stream()
			.collect(Collectors.toMap(Meter::getId, (meter) -> meter.measure().toString()));
	}

	private static void observeAllKinds(ObservationHandler<?> handler, MockClock clock) {
		NatsObservations observations = observations(handler);
		end(observations.publish("orders.created", new Headers(), 5), clock);
		end(observations.publish("orders.created", new Headers(), 5), clock);
		end(observations.request("greeter", new Headers(), 5).error(new IllegalStateException("expected")), clock);
		end(observations.process(ENDPOINT, message()), clock);
		end(observations.process(ENDPOINT, message()).event(Observation.Event.of("paused")), clock);
		end(observations.process(ENDPOINT, message()).lowCardinalityKeyValue("tenant", "a"), clock);
		observations.process(ENDPOINT, message());
	}

	private static void end(Observation observation, MockClock clock) {
		clock.add(1, TimeUnit.SECONDS);
		observation.stop();
	}

	@Test
	void timesFromStartToStop() {
		end(observations(this.handler).process(ENDPOINT, message()), this.clock);
		Timer timer = this.meters.get("nats.process").tag("messaging.nats.listener", "payment").timer();
		assertThat(timer.count()).isOne();
		assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(1000);
	}

	@Test
	void timesWhatIsRunningUnlessThatIsNotWanted() {
		observations(this.handler).process(ENDPOINT, message());
		assertThat(this.meters.get("nats.process.active").longTaskTimer().activeTasks()).isOne();
		MeterRegistry others = new SimpleMeterRegistry();
		observations(new NatsMeterObservationHandler(others, false)).process(ENDPOINT, message()).stop();
		assertThat(others.find("nats.process.active").meter()).isNull();
		assertThat(others.get("nats.process").timer().count()).isOne();
	}

	@Test
	void timesWithoutTimingWhatIsRunning() {
		end(observations(new NatsMeterObservationHandler(this.meters, false)).process(ENDPOINT, message()), this.clock);
		assertThat(this.meters.get("nats.process").timer().totalTime(TimeUnit.SECONDS)).isOne();
	}

	@Test
	void timesWhenAFilterDeniesToTimeWhatIsRunning() {
		this.meters.config().meterFilter(MeterFilter.denyNameStartsWith("nats.process.active"));
		end(observations(this.handler).process(ENDPOINT, message()), this.clock);
		assertThat(this.meters.get("nats.process").timer().totalTime(TimeUnit.SECONDS)).isOne();
	}

	@Test
	void timesInAllRegistriesOfAComposite() {
		MeterRegistry denying = new SimpleMeterRegistry(SimpleConfig.DEFAULT, this.clock);
		denying.config().meterFilter(MeterFilter.denyNameStartsWith("nats.process.active"));
		MeterRegistry all = new CompositeMeterRegistry(this.clock, List.of(this.meters, denying));
		Observation observation = observations(new NatsMeterObservationHandler(all, true)).process(ENDPOINT, message());
		assertThat(this.meters.get("nats.process.active").longTaskTimer().activeTasks()).isOne();
		end(observation, this.clock);
		assertThat(this.meters.get("nats.process").timer().totalTime(TimeUnit.SECONDS)).isOne();
		assertThat(denying.get("nats.process").timer().totalTime(TimeUnit.SECONDS)).isOne();
		assertThat(this.meters.get("nats.process.active").longTaskTimer().activeTasks()).isZero();
	}

	@Test
	void timesUnderTheNameThatAFilterGivesInTheEnd() {
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler(this.handler).observationFilter((context) -> {
			context.setName("renamed");
			return context.addLowCardinalityKeyValue(KeyValue.of("tenant", "a"));
		});
		end(new NatsObservations(registry, new SubjectTags(10, List.of())).process(ENDPOINT, message()), this.clock);
		assertThat(this.meters.get("renamed").tag("tenant", "a").timer().totalTime(TimeUnit.SECONDS)).isOne();
		assertThat(this.meters.find("nats.process").timer()).isNull();
		assertThat(this.meters.find("renamed.active").meter()).isNull();
	}

	@Test
	void leavesOtherObservationsAlone() {
		assertThat(this.handler.supportsContext(new Observation.Context())).isFalse();
	}

	@Test
	void nothingIsLookedUpInTheMessageForMeters() {
		Message message = mock(Message.class);
		observations(this.handler).process(ENDPOINT, message).stop();
		verify(message, never()).metaData();
		verify(message, never()).getHeaders();
	}

	@Test
	void whatIsKnownOfTheMessageIsMadeOnceWhenItIsRead() {
		Message message = mock(Message.class);
		given(message.getSubject()).willReturn("orders.created");
		given(message.getData()).willReturn(new byte[5]);
		NatsObservations observations = observations(this.handler);
		Observation observation = observations.process(ENDPOINT, message);
		observation.highCardinalityKeyValue("mine", "1");
		observation.stop();
		Observation.ContextView context = observation.getContextView();
		KeyValues values = context.getHighCardinalityKeyValues();
		assertThat(values).containsExactlyInAnyOrder(KeyValue.of("messaging.destination.name", "orders.created"),
				KeyValue.of("messaging.message.body.size", "5"), KeyValue.of("mine", "1"));
		assertThat(context.getHighCardinalityKeyValues()).isSameAs(values);
		assertThat(context.getAllKeyValues().stream().count()).isEqualTo(10);
		verify(message).getSubject();
	}

	@Test
	void keyValuesOfAContextCanBeReplacedAndRemoved() {
		NatsPublishObservationContext context = new NatsPublishObservationContext(
				new OutgoingMessageInfo("a", "a", null, 1, new Headers()));
		context.addLowCardinalityKeyValues(KeyValues.of("a", "1", "b", "1"));
		context.addLowCardinalityKeyValue(KeyValue.of("b", "2"));
		context.addHighCardinalityKeyValues(KeyValues.of("c", "1", "d", "1"));
		context.addHighCardinalityKeyValue(KeyValue.of("c", "2"));
		assertThat(context.getLowCardinalityKeyValue("b")).isEqualTo(KeyValue.of("b", "2"));
		assertThat(context.getHighCardinalityKeyValue("c")).isEqualTo(KeyValue.of("c", "2"));
		context.removeLowCardinalityKeyValues("a", "x");
		context.removeHighCardinalityKeyValue("d");
		assertThat(context.getLowCardinalityKeyValue("a")).isNull();
		assertThat(context.getAllKeyValues()).containsExactly(KeyValue.of("b", "2"), KeyValue.of("c", "2"));
	}

	private static NatsObservations observations(ObservationHandler<?> handler) {
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler(handler);
		return new NatsObservations(registry, new SubjectTags(10, List.of()));
	}

	private static Message message() {
		return NatsMessage.builder().subject("orders.created").data("hello".getBytes()).build();
	}

}
