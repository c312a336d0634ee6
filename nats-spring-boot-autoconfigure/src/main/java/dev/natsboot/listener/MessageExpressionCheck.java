package dev.natsboot.listener;

import java.util.Set;

import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.CompoundExpression;
import org.springframework.expression.spel.ast.Elvis;
import org.springframework.expression.spel.ast.Operator;
import org.springframework.expression.spel.ast.PropertyOrFieldReference;
import org.springframework.expression.spel.ast.Ternary;
import org.springframework.util.Assert;

/**
 * Finds at registration what would otherwise be found at the first message: a name that a
 * message doesn't have.
 */
final class MessageExpressionCheck {

	private static final Set<String> NAMES = Set.of("subject", "headers", "message");

	private MessageExpressionCheck() {
	}

	/**
	 * Check the names that are looked up in the message, not those in what was found.
	 */
	static void check(SpelNode node, boolean payload) {
		if (node instanceof PropertyOrFieldReference reference) {
			check(reference.getName(), payload);
		}
		else if (node instanceof CompoundExpression) {
			check(node.getChild(0), payload);
		}
		else if (node instanceof Operator || node instanceof Ternary || node instanceof Elvis) {
			for (int i = 0; i < node.getChildCount(); i++) {
				check(node.getChild(i), payload);
			}
		}
	}

	private static void check(String name, boolean payload) {
		Assert.isTrue(payload || !name.equals("payload"), "there is no payload here, only 'subject' (an array of the "
				+ "subject's tokens), 'headers' and 'message'");
		Assert.isTrue(name.equals("payload") || NAMES.contains(name), () -> "there is no '" + name
				+ "', only 'subject' (an array of the subject's tokens), 'headers', 'message' and 'payload'");
	}

}
