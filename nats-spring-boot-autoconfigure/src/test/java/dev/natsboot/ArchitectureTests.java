package dev.natsboot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClass.Predicates;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

@AnalyzeClasses(packages = "dev.natsboot", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	private static final String[] OPTIONAL_LIBRARIES = { "io.micrometer.core..", "io.micrometer.tracing..",
			"org.springframework.boot.actuate..", "org.springframework.boot.health..", "tools.jackson..",
			"com.google.protobuf..", "jakarta.validation..", "reactor..", "io.cloudevents..", "com.github.benmanes..",
			"org.springframework.jdbc..", "org.springframework.transaction..", "org.springframework.integration.." };

	@ArchTest
	static final ArchRule packagesHaveNoCycles = slices().matching("dev.natsboot.(*)..").should().beFreeOfCycles();

	@ArchTest
	static final ArchRule onlyAutoConfigurationsKnowAutoConfigurations = noClasses().that()
		.resideOutsideOfPackage("dev.natsboot.autoconfigure..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("dev.natsboot.autoconfigure..");

	@ArchTest
	static final ArchRule connectionKnowsNoOtherPackage = noClasses().that()
		.resideInAPackage("dev.natsboot.connection..")
		.should()
		.dependOnClassesThat(
				ours().and(DescribedPredicate.not(Predicates.resideInAPackage("dev.natsboot.connection.."))));

	@ArchTest
	static final ArchRule lowerPackagesDoNotKnowListenersAndServices = noClasses().that()
		.resideInAnyPackage("dev.natsboot.core..", "dev.natsboot.convert..", "dev.natsboot.observation..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("dev.natsboot.listener..", "dev.natsboot.service..", "dev.natsboot.annotation..",
				"dev.natsboot.topology..", "dev.natsboot.deadletter..", "dev.natsboot.actuate..");

	@ArchTest
	static final ArchRule listenersDoNotKnowWhatIsDoneWithDeadLetters = noClasses().that()
		.resideInAnyPackage("dev.natsboot.listener..", "dev.natsboot.service..", "dev.natsboot.topology..",
				"dev.natsboot.annotation..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("dev.natsboot.deadletter..");

	@ArchTest
	static final ArchRule storesKnowKeysAndNoMessages = noClasses().that()
		.resideInAPackage("dev.natsboot.idempotency..")
		.should()
		.dependOnClassesThat(ours().and(DescribedPredicate
			.not(Predicates.resideInAnyPackage("dev.natsboot.idempotency..", "dev.natsboot.core.."))))
		.orShould()
		.dependOnClassesThat()
		.haveFullyQualifiedName("io.nats.client.Message");

	@ArchTest
	static final ArchRule listenersAndServicesDoNotKnowAnnotations = noClasses().that()
		.resideInAnyPackage("dev.natsboot.listener..", "dev.natsboot.service..", "dev.natsboot.topology..",
				"dev.natsboot.deadletter..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("dev.natsboot.annotation..", "dev.natsboot.actuate..");

	@ArchTest
	static final ArchRule autoConfigurationsArePublicAndFinal = classes().that()
		.areAnnotatedWith(AutoConfiguration.class)
		.should()
		.bePublic()
		.andShould()
		.haveModifier(JavaModifier.FINAL)
		.andShould()
		.haveSimpleNameEndingWith("AutoConfiguration")
		.andShould()
		.resideInAPackage("dev.natsboot.autoconfigure..");

	@ArchTest
	static final ArchRule autoConfigurationsHaveNoPublicMembers = noMethods().that()
		.areDeclaredInClassesThat(configurations())
		.should()
		.bePublic()
		.orShould()
		.beProtected()
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule autoConfigurationsAreConditional = classes().that()
		.areAnnotatedWith(AutoConfiguration.class)
		.should()
		.beAnnotatedWith(ConditionalOnClass.class);

	@ArchTest
	static final ArchRule nestedConfigurationsDoNotProxyBeanMethods = classes().that()
		.areAnnotatedWith(Configuration.class)
		.should(haveNoProxiedBeanMethods());

	@ArchTest
	static final ArchRule beanMethodsHaveNoConditionOnClass = noMethods().that()
		.areAnnotatedWith(Bean.class)
		.should()
		.beAnnotatedWith(ConditionalOnClass.class);

	@ArchTest
	static final ArchRule beanMethodsArePackagePrivate = methods().that()
		.areAnnotatedWith(Bean.class)
		.should()
		.bePackagePrivate();

	@ArchTest
	static final ArchRule postProcessorBeanMethodsAreStatic = methods().that()
		.areAnnotatedWith(Bean.class)
		.and()
		.haveRawReturnType(assignableTo(BeanPostProcessor.class).or(assignableTo(BeanFactoryPostProcessor.class)))
		.should()
		.beStatic()
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule nothingIsInjectedIntoFields = noFields().should()
		.beAnnotatedWith(Autowired.class)
		.orShould()
		.beAnnotatedWith("jakarta.inject.Inject")
		.orShould()
		.beAnnotatedWith("org.springframework.beans.factory.annotation.Value");

	@ArchTest
	static final ArchRule nothingIsScanned = noClasses().should()
		.beAnnotatedWith(ComponentScan.class)
		.orShould()
		.beAnnotatedWith(Component.class);

	@ArchTest
	static final ArchRule propertiesAreOurNamespace = classes().that()
		.areAnnotatedWith(ConfigurationProperties.class)
		.should(new ArchCondition<>("have a prefix that begins with 'nats'") {

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				String prefix = type.getAnnotationOfType(ConfigurationProperties.class).value();
				if (!prefix.equals("nats") && !prefix.startsWith("nats.")) {
					events.add(SimpleConditionEvent.violated(type, type.getName() + " has the prefix " + prefix));
				}
			}

		});

	@ArchTest
	static final ArchRule argumentsAreCheckedWithAssert = noClasses().should()
		.callMethod(Objects.class, "requireNonNull", Object.class, String.class)
		.orShould()
		.callMethod(Objects.class, "requireNonNull", Object.class, Supplier.class);

	@ArchTest
	static final ArchRule caseConversionNamesItsLocale = noClasses().should()
		.callMethod(String.class, "toLowerCase")
		.orShould()
		.callMethod(String.class, "toUpperCase");

	@ArchTest
	static final ArchRule loggingGoesThroughCommonsLogging = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.slf4j..", "java.util.logging..")
		.orShould()
		.accessField(System.class, "out")
		.orShould()
		.accessField(System.class, "err");

	@ArchTest
	static final ArchRule constantsAreFinal = fields().that()
		.areStatic()
		.and()
		.areNotPrivate()
		.should()
		.beFinal()
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule mostPackagesWorkWithoutOptionalLibraries = noClasses().that()
		.resideInAnyPackage("dev.natsboot.connection..", "dev.natsboot.core..", "dev.natsboot.listener..",
				"dev.natsboot.deadletter..", "dev.natsboot.topology..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage(OPTIONAL_LIBRARIES);

	@ArchTest
	static final ArchRule packagesAreNullMarked = classes().should(new ArchCondition<>("be in a @NullMarked package") {

		@Override
		public void check(JavaClass type, ConditionEvents events) {
			boolean marked = type.getPackage().tryGetAnnotationOfType(NullMarked.class).isPresent();
			if (!marked) {
				events.add(SimpleConditionEvent.violated(type, type.getPackageName() + " is not @NullMarked"));
			}
		}

	});

	/**
	 * In the byte code, every method reference has such a call.
	 */
	@Test
	void sourcesDoNotRequireNonNull() throws IOException {
		try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
			List<Path> sources = files.filter((file) -> file.toString().endsWith(".java")).toList();
			assertThat(sources).isNotEmpty()
				.allSatisfy((file) -> assertThat(Files.readString(file)).doesNotContain("requireNonNull("));
		}
	}

	/**
	 * A virtual thread that blocks in a synchronized block holds its carrier.
	 */
	@Test
	void nothingIsSynchronized() throws IOException {
		try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
			List<Path> sources = files.filter((file) -> file.toString().endsWith(".java")).toList();
			assertThat(sources).isNotEmpty()
				.allSatisfy((file) -> assertThat(Files.readString(file)).doesNotContainPattern("\\bsynchronized\\b"));
		}
	}

	private static DescribedPredicate<JavaClass> ours() {
		return Predicates.resideInAPackage("dev.natsboot..");
	}

	private static DescribedPredicate<JavaClass> configurations() {
		return DescribedPredicate.describe("are configurations",
				(type) -> type.isAnnotatedWith(AutoConfiguration.class) || type.isAnnotatedWith(Configuration.class));
	}

	private static ArchCondition<JavaClass> haveNoProxiedBeanMethods() {
		return new ArchCondition<>("have proxyBeanMethods = false") {

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				if (type.getAnnotationOfType(Configuration.class).proxyBeanMethods()) {
					events.add(SimpleConditionEvent.violated(type, type.getName() + " proxies its bean methods"));
				}
			}

		};
	}

}
