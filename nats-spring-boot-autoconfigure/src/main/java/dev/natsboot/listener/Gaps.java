package dev.natsboot.listener;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Sequences of a stream that were delivered, perhaps, and never came.
 */
final class Gaps {

	/** The last sequence of each gap by its first. */
	private final NavigableMap<Long, Long> gaps = new TreeMap<>();

	/**
	 * Add a gap, which has no sequence in common with the others.
	 * @param first its first sequence
	 * @param last its last one; nothing is added when it is smaller
	 */
	void add(long first, long last) {
		if (first <= last) {
			this.gaps.put(first, last);
		}
	}

	/**
	 * A sequence has come.
	 * @return whether it was in a gap
	 */
	boolean remove(long sequence) {
		Map.Entry<Long, Long> gap = this.gaps.floorEntry(sequence);
		if (gap == null || gap.getValue() < sequence) {
			return false;
		}
		this.gaps.remove(gap.getKey());
		add(gap.getKey(), sequence - 1);
		add(sequence + 1, gap.getValue());
		return true;
	}

	/**
	 * Nothing is missing up to a sequence.
	 */
	void removeTo(long last) {
		while (first() <= last) {
			add(last + 1, this.gaps.pollFirstEntry().getValue());
		}
	}

	/**
	 * There is nothing any more from a sequence on.
	 */
	void removeFrom(long first) {
		Map.Entry<Long, Long> gap = this.gaps.lowerEntry(first);
		this.gaps.tailMap(first, true).clear();
		if (gap != null) {
			this.gaps.put(gap.getKey(), Math.min(gap.getValue(), first - 1));
		}
	}

	void clear() {
		this.gaps.clear();
	}

	/**
	 * The first sequence that is missing.
	 * @return the sequence, or the largest number when none is
	 */
	long first() {
		return this.gaps.isEmpty() ? Long.MAX_VALUE : this.gaps.firstKey();
	}

}
