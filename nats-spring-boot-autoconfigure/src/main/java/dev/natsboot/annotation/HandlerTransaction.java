package dev.natsboot.annotation;

import java.lang.reflect.Method;
import java.util.function.Predicate;

import org.springframework.transaction.annotation.AnnotationTransactionAttributeSource;
import org.springframework.transaction.interceptor.TransactionAttribute;
import org.springframework.util.ClassUtils;

/**
 * The transaction that a handler method declares for itself, where Spring's transactions
 * are there.
 */
final class HandlerTransaction {

	private static final boolean PRESENT = ClassUtils.isPresent(
			"org.springframework.transaction.annotation.AnnotationTransactionAttributeSource",
			HandlerTransaction.class.getClassLoader());

	private HandlerTransaction() {
	}

	/**
	 * Tests whether an exception of the method rolls back its transaction.
	 */
	static Predicate<Throwable> undoneBy(Method method, Class<?> beanType) {
		return PRESENT ? Rollback.on(method, beanType) : (failure) -> false;
	}

	/**
	 * Apart from the rest, as transactions are optional.
	 */
	private static final class Rollback {

		static Predicate<Throwable> on(Method method, Class<?> beanType) {
			TransactionAttribute attribute = new AnnotationTransactionAttributeSource(false)
				.getTransactionAttribute(method, beanType);
			return (attribute != null) ? attribute::rollbackOn : (failure) -> false;
		}

	}

}
