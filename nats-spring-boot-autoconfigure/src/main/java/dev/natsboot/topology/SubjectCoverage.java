package dev.natsboot.topology;

import java.util.ArrayList;
import java.util.List;

/**
 * Which subjects include which others. A stream refuses subjects that overlap, so a
 * subject that a wider one includes isn't added to it.
 */
final class SubjectCoverage {

	private SubjectCoverage() {
	}

	/**
	 * Whether everything published to one subject is also matched by another.
	 */
	static boolean covers(String wider, String narrower) {
		String[] pattern = wider.split("\\.", -1);
		String[] tokens = narrower.split("\\.", -1);
		for (int i = 0; i < pattern.length; i++) {
			if (pattern[i].equals(">")) {
				return i < tokens.length;
			}
			if (i >= tokens.length || tokens[i].equals(">")
					|| !(pattern[i].equals("*") || pattern[i].equals(tokens[i]))) {
				return false;
			}
		}
		return pattern.length == tokens.length;
	}

	/**
	 * Whether something that is published can match both of two subjects.
	 */
	static boolean overlap(String one, String other) {
		String[] left = one.split("\\.", -1);
		String[] right = other.split("\\.", -1);
		int common = Math.min(left.length, right.length);
		for (int i = 0; i < common; i++) {
			if (left[i].equals(">") || right[i].equals(">")) {
				return true;
			}
			if (!(left[i].equals("*") || right[i].equals("*") || left[i].equals(right[i]))) {
				return false;
			}
		}
		return left.length == right.length;
	}

	/**
	 * All that either side has, without subjects that another one includes. The server's
	 * order is kept, so that the result equals the server's list when nothing is missing.
	 */
	static List<String> union(List<String> declared, List<String> server) {
		List<String> union = new ArrayList<>();
		for (String subject : server) {
			if (declared.stream().noneMatch((other) -> isWider(other, subject))) {
				union.add(subject);
			}
		}
		for (String subject : declared) {
			if (union.stream().noneMatch((other) -> covers(other, subject))) {
				union.removeIf((other) -> covers(subject, other));
				union.add(subject);
			}
		}
		return union;
	}

	private static boolean isWider(String subject, String other) {
		return !subject.equals(other) && covers(subject, other);
	}

}
