package dev.natsboot.annotation;

import java.util.List;

import org.springframework.beans.factory.BeanNotOfRequiredTypeException;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;

/**
 * Finds the beans that attributes of annotations name. The errors have no cause: of a
 * bean that is missing somewhere, Spring Boot would tell in its own words, without the
 * attribute.
 */
final class NamedBeans {

	private final ListableBeanFactory beanFactory;

	NamedBeans(ListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	/**
	 * Find a bean by its name.
	 */
	<T> T named(String attribute, String name, Class<T> type) {
		try {
			return this.beanFactory.getBean(name, type);
		}
		catch (NoSuchBeanDefinitionException ex) {
			throw new IllegalStateException(refusal(attribute, name, "there is no bean of this name", type));
		}
		catch (BeanNotOfRequiredTypeException ex) {
			throw new IllegalStateException(
					refusal(attribute, name, "this bean is a " + ex.getActualType().getName(), type));
		}
	}

	private String refusal(String attribute, String name, String problem, Class<?> type) {
		List<String> names = List.of(this.beanFactory.getBeanNamesForType(type, true, false));
		String remedy = names.isEmpty()
				? "there is none of type " + type.getName() + ": declare one, for example @Bean(\"" + name + "\") "
						+ type.getSimpleName() + " " + attribute + "()"
				: "of type " + type.getName() + " there are " + names + ": name one of them, for example " + attribute
						+ " = \"" + names.get(0) + "\", or declare another";
		return "'" + attribute + "' is '" + name + "', but " + problem + ", and " + remedy;
	}

	/**
	 * Find the only bean of a type, or the primary one.
	 */
	<T> T only(String attribute, Class<T> type, String remedy) {
		try {
			return this.beanFactory.getBean(type);
		}
		catch (NoUniqueBeanDefinitionException ex) {
			throw new IllegalStateException("'" + attribute + "' is 'true', but there are several beans of type "
					+ type.getName() + " and none is primary: instead of true, write one of " + ex.getBeanNamesFound());
		}
		catch (NoSuchBeanDefinitionException ex) {
			throw new IllegalStateException(
					"'" + attribute + "' is 'true', but there is no bean of type " + type.getName() + ": " + remedy);
		}
	}

}
