package dev.natsboot.listener;

import dev.natsboot.convert.PayloadReader;
import io.nats.client.Message;
import org.jspecify.annotations.Nullable;

import org.springframework.core.NativeDetector;
import org.springframework.expression.EvaluationContext;
import org.springframework.expression.EvaluationException;
import org.springframework.expression.Expression;
import org.springframework.expression.ParseException;
import org.springframework.expression.spel.SpelCompilerMode;
import org.springframework.expression.spel.SpelParserConfiguration;
import org.springframework.expression.spel.standard.SpelExpression;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.expression.spel.support.SimpleEvaluationContext;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.util.ClassUtils;

/**
 * A Spring expression that takes a text, such as a key, from every message. Parsed once;
 * compiled where possible.
 * <p>
 * The expression sees {@code subject} (the subject's tokens, from 0), {@code headers}
 * (the first value of each of the message's headers, whatever the case of the name),
 * {@code message} (the client's message) and {@code payload} (what the handler gets,
 * converted when the expression asks for it). For example {@code subject[2]},
 * {@code headers['order-id']} or {@code payload.orderId}. Properties and methods of these
 * can be read and called; types, constructors and beans are out of reach.
 */
public final class MessageExpression {

	private static final SpelExpressionParser PARSER = new SpelExpressionParser(
			new SpelParserConfiguration(NativeDetector.inNativeImage() ? SpelCompilerMode.OFF : SpelCompilerMode.MIXED,
					ClassUtils.getDefaultClassLoader()));

	private static final EvaluationContext CONTEXT = SimpleEvaluationContext.forReadOnlyDataBinding()
		.withInstanceMethods()
		.build();

	private final String attribute;

	private final Expression expression;

	private final @Nullable PayloadReader payload;

	private MessageExpression(String attribute, Expression expression, @Nullable PayloadReader payload) {
		this.attribute = attribute;
		this.expression = expression;
		this.payload = payload;
	}

	/**
	 * Parse an expression.
	 * @param attribute the annotation attribute that it comes from, for error messages
	 * @param expression the expression, without delimiters
	 * @param example an expression that would do, for error messages
	 * @param payload reads what the handler gets, or {@code null} when the expression may
	 * not use the payload
	 * @return the expression
	 * @throws IllegalStateException when this isn't an expression, or it begins with
	 * something that a message doesn't have
	 */
	public static MessageExpression parse(String attribute, String expression, String example,
			@Nullable PayloadReader payload) {
		try {
			SpelExpression parsed = PARSER.parseRaw(expression);
			MessageExpressionCheck.check(parsed.getAST(), payload != null);
			return new MessageExpression(attribute, parsed, payload);
		}
		catch (ParseException | IllegalArgumentException ex) {
			throw new IllegalStateException("'" + attribute + "' is '" + expression + "', which can't be used ("
					+ ex.getMessage() + "), for example " + attribute + " = \"" + example + "\"", ex);
		}
	}

	/**
	 * Take the text from a message.
	 * @param message the message
	 * @return the text, or {@code null} when the expression gives {@code null} or an
	 * empty text
	 * @throws MessageConversionException when the expression fails on this message, for
	 * example because its subject has fewer tokens: it would fail again the next time
	 */
	public @Nullable String evaluate(Message message) {
		try {
			Object value = this.expression.getValue(CONTEXT, new MessageExpressionRoot(message, this.payload));
			String text = (value != null) ? value.toString() : "";
			return text.isEmpty() ? null : text;
		}
		catch (EvaluationException | IllegalStateException ex) {
			throw new MessageConversionException("'" + this.attribute + "' (" + this.expression.getExpressionString()
					+ ") can't be evaluated for a message of '" + message.getSubject() + "': " + ex.getMessage(), ex);
		}
	}

	@Override
	public String toString() {
		return this.expression.getExpressionString();
	}

}
