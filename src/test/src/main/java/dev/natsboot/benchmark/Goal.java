package dev.natsboot.benchmark;

import java.util.Locale;

/**
 * What is wanted of a comparison.
 *
 * @param kind how the medians of the two sides are compared
 * @param limit the limit
 * @param divisor what a difference is divided by
 */
record Goal(Kind kind, double limit, int divisor) {

	static Goal atLeast(double ratio) {
		return new Goal(Kind.RATIO_AT_LEAST, ratio, 1);
	}

	static Goal atMost(double ratio) {
		return new Goal(Kind.RATIO_AT_MOST, ratio, 1);
	}

	/**
	 * How much the first side may be above the second.
	 * @param limit the limit for a piece
	 * @param pieces how many pieces the first side has more
	 */
	static Goal atMostMore(double limit, int pieces) {
		return new Goal(Kind.DIFFERENCE_AT_MOST, limit, pieces);
	}

	/**
	 * How much the first side may be, whatever the second is.
	 */
	static Goal atMostIs(double limit) {
		return new Goal(Kind.VALUE_AT_MOST, limit, 1);
	}

	double value(double left, double right) {
		if (this.kind == Kind.VALUE_AT_MOST) {
			return left;
		}
		return (this.kind == Kind.DIFFERENCE_AT_MOST) ? (left - right) / this.divisor : left / right;
	}

	boolean isReached(double value) {
		return (this.kind == Kind.RATIO_AT_LEAST) ? value >= this.limit : value <= this.limit;
	}

	String format(double value) {
		if (this.kind == Kind.VALUE_AT_MOST) {
			return String.format(Locale.ROOT, "%.0f", value);
		}
		return (this.kind == Kind.DIFFERENCE_AT_MOST) ? String.format(Locale.ROOT, "%+.1f", value)
				: String.format(Locale.ROOT, "%.2f", value);
	}

	@Override
	public String toString() {
		return ((this.kind == Kind.RATIO_AT_LEAST) ? "≥ " : "≤ ") + format(this.limit);
	}

	/**
	 * How two medians are compared.
	 */
	enum Kind {

		RATIO_AT_LEAST, RATIO_AT_MOST, DIFFERENCE_AT_MOST, VALUE_AT_MOST

	}

}
