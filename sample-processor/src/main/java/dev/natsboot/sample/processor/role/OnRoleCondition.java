package dev.natsboot.sample.processor.role;

import java.util.List;
import java.util.Map;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Looks for a role in {@code sample.processor.roles}.
 */
class OnRoleCondition extends SpringBootCondition {

	private static final String PROPERTY = "sample.processor.roles";

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		Map<String, ?> attributes = metadata.getAnnotationAttributes(ConditionalOnRole.class.getName());
		Object role = (attributes != null) ? attributes.get("value") : null;
		List<String> roles = Binder.get(context.getEnvironment())
			.bind(PROPERTY, Bindable.listOf(String.class))
			.orElse(List.of());
		return new ConditionOutcome(roles.contains(role), ConditionMessage.forCondition(ConditionalOnRole.class)
			.because("%s is %s, which decides about %s".formatted(PROPERTY, roles, role)));
	}

}
