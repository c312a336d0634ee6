package dev.natsboot.observation;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.observation.MeterObservationHandler;
import io.micrometer.observation.Observation;

/**
 * Times the observations of this library, with the meters that
 * {@link DefaultMeterObservationHandler} would make, and with descriptions. They are made
 * once for each name and set of key values, and looked up once for each observation,
 * unless it gets more key values while it runs.
 */
public class NatsMeterObservationHandler implements MeterObservationHandler<Observation.Context> {

	private final Map<Key, ObservationMeters> meters = new ConcurrentHashMap<>();

	private final MeterRegistry registry;

	private final MeterObservationHandler<Observation.Context> events;

	private final boolean longTaskTimers;

	/**
	 * Create a handler.
	 * @param registry where meters are made
	 * @param longTaskTimers whether what is running is timed, too, by the meters whose
	 * names end with {@code .active}
	 */
	public NatsMeterObservationHandler(MeterRegistry registry, boolean longTaskTimers) {
		this.registry = registry;
		this.events = new DefaultMeterObservationHandler(registry);
		this.longTaskTimers = longTaskTimers;
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return ContextState.of(context) != null;
	}

	@Override
	public void onStart(Observation.Context context) {
		ObservationMeters meters = find(context);
		state(context).begin(meters, this.longTaskTimers ? meters.start() : new Stopwatch(this.registry, null));
	}

	@Override
	public void onStop(Observation.Context context) {
		ContextState state = state(context);
		if (state.sample() instanceof LongTaskTimer.Sample sample) {
			long nanos = sample.stop();
			meters(state, context).timer(context.getError()).record(nanos, TimeUnit.NANOSECONDS);
		}
	}

	@Override
	public void onEvent(Observation.Event event, Observation.Context context) {
		this.events.onEvent(event, context);
	}

	private static ContextState state(Observation.Context context) {
		ContextState state = ContextState.of(context);
		if (state == null) {
			throw new IllegalArgumentException("Not an observation of NATS: " + context);
		}
		return state;
	}

	private ObservationMeters meters(ContextState state, Observation.Context context) {
		ObservationMeters meters = state.meters();
		return (meters != null && meters.areFor(context)) ? meters : find(context);
	}

	private ObservationMeters find(Observation.Context context) {
		Key key = new Key(String.valueOf(context.getName()), context.getLowCardinalityKeyValues());
		ObservationMeters known = this.meters.get(key);
		return (known != null) ? known : this.meters.computeIfAbsent(key,
				(added) -> new ObservationMeters(this.registry, added.name(), description(context), added.values()));
	}

	private static String description(Observation.Context context) {
		if (context instanceof NatsProcessObservationContext) {
			return "Time of handling messages and requests, settling and replies included";
		}
		return (context instanceof NatsRequestObservationContext) ? "Time from requests to their replies"
				: "Time of publishing messages, to streams until these have confirmed them";
	}

	private record Key(String name, KeyValues values) {
	}

}
