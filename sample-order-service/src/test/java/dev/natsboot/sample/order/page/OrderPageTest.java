package dev.natsboot.sample.order.page;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import dev.natsboot.test.EmbeddedNats;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.context.SpringBootTest;

/**
 * The whole order service on a free port, and its page in Chromium: each test method may
 * have an {@link OrderPage} as its parameter. {@code -DexcludedGroups=browser} leaves
 * these tests out.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "spring.datasource.url=jdbc:h2:mem:${random.uuid};MODE=PostgreSQL",
				"logging.level.org.openqa.selenium=error" })
@EmbeddedNats
@ExtendWith(OrderPageExtension.class)
@Tag("browser")
@interface OrderPageTest {

}
