package dev.natsboot.sample.order.page;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

import org.springframework.test.context.junit.jupiter.SpringExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Opens the order page for each test, in one browser for all of them, and fails a test
 * that leaves an error in the browser's console.
 */
class OrderPageExtension implements ParameterResolver, AfterEachCallback {

	private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace
		.create(OrderPageExtension.class);

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return parameter.getParameter().getType() == OrderPage.class;
	}

	@Override
	public OrderPage resolveParameter(ParameterContext parameter, ExtensionContext context) {
		OrderPage page = page(context);
		page.open("http://localhost:" + SpringExtension.getApplicationContext(context)
			.getEnvironment()
			.getRequiredProperty("local.server.port"));
		return page;
	}

	@Override
	public void afterEach(ExtensionContext context) {
		assertThat(page(context).errors()).as("errors in the browser's console").isEmpty();
	}

	private static OrderPage page(ExtensionContext context) {
		return new OrderPage(context.getRoot()
			.getStore(NAMESPACE)
			.computeIfAbsent(Chromium.class, (type) -> new Chromium(), Chromium.class)
			.driver());
	}

}
