package dev.natsboot.listener;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.natsboot.idempotency.IdempotencyClaim;
import dev.natsboot.idempotency.IdempotencyStore;
import org.jspecify.annotations.Nullable;

/**
 * Keeps messages from the handler that were handled before, or that somebody else is
 * handling. Settles those itself.
 */
final class Deduplicator {

	private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

	private final IdempotencyStore store;

	private final IdempotencyKeys keys;

	private final Settlement settlement;

	private Deduplicator(Idempotence idempotence, IdempotencyKeys keys, Settlement settlement) {
		this.store = idempotence.store();
		this.keys = keys;
		this.settlement = settlement;
	}

	static @Nullable Deduplicator of(NatsListenerEndpoint endpoint, Settlement settlement) {
		Idempotence idempotence = endpoint.idempotence();
		return (idempotence != null)
				? new Deduplicator(idempotence, new IdempotencyKeys(endpoint, idempotence.key()), settlement) : null;
	}

	/**
	 * Claim a message.
	 * @return whether it is to be handled; its delivery has the claim then
	 */
	boolean claim(Delivery delivery) {
		String key = this.keys.of(delivery.message());
		IdempotencyClaim claim = this.store.claim(this.keys.namespace(), Set.of(key));
		if (claim.granted().contains(key)) {
			delivery.claimed(new MessageClaim(claim, key, this.store.isTransactional()));
			return true;
		}
		claim.release();
		refused(delivery, claim, key);
		return false;
	}

	private void refused(Delivery delivery, IdempotencyClaim claim, String key) {
		if (claim.duplicates().contains(key)) {
			this.settlement.duplicate(delivery);
		}
		else {
			this.settlement.postponed(delivery, claim.busy().getOrDefault(key, LOOK_AGAIN));
		}
	}

	/**
	 * Claim the messages of a batch, and take out of the lists what isn't to be handled.
	 * @return the claim, or {@code null} when nothing is to be handled
	 */
	@Nullable BatchClaim claim(List<Delivery> deliveries, List<@Nullable Object> elements) {
		Map<String, Integer> places = places(deliveries);
		IdempotencyClaim claim = places.isEmpty() ? null : claim(deliveries, places);
		retain(deliveries, places);
		retain(elements, places);
		if (claim == null) {
			return null;
		}
		if (places.isEmpty()) {
			claim.release();
			return null;
		}
		return new BatchClaim(claim, List.copyOf(places.keySet()), this.store.isTransactional());
	}

	/**
	 * Claim the keys and leave those that were granted.
	 */
	private @Nullable IdempotencyClaim claim(List<Delivery> deliveries, Map<String, Integer> places) {
		IdempotencyClaim claim;
		try {
			claim = this.store.claim(this.keys.namespace(), Set.copyOf(places.keySet()));
		}
		catch (Throwable ex) {
			places.values()
				.forEach(
						(place) -> this.settlement.failed(deliveries.get(place), deliveries.get(place).turn(), ex, -1));
			places.clear();
			return null;
		}
		places.forEach((key, place) -> {
			if (!claim.granted().contains(key)) {
				refused(deliveries.get(place), claim, key);
			}
		});
		places.keySet().retainAll(claim.granted());
		return claim;
	}

	/**
	 * Where each key is in the batch. A second message with the same key waits for what
	 * becomes of the first.
	 */
	private Map<String, Integer> places(List<Delivery> deliveries) {
		Map<String, Integer> places = new LinkedHashMap<>();
		for (int i = 0; i < deliveries.size(); i++) {
			Delivery delivery = deliveries.get(i);
			try {
				if (places.putIfAbsent(this.keys.of(delivery.message()), i) != null) {
					this.settlement.postponed(delivery, LOOK_AGAIN);
				}
			}
			catch (RuntimeException ex) {
				this.settlement.failed(delivery, delivery.turn(), ex, -1);
			}
		}
		return places;
	}

	private static <T extends @Nullable Object> void retain(List<T> list, Map<String, Integer> places) {
		List<T> retained = new ArrayList<>(places.size());
		places.values().forEach((place) -> retained.add(list.get(place)));
		list.clear();
		list.addAll(retained);
	}

}
