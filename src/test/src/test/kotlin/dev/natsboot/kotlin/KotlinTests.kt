package dev.natsboot.kotlin

import dev.natsboot.core.JetStreamTemplate
import dev.natsboot.core.NatsServiceErrorException
import dev.natsboot.core.NatsTemplate
import dev.natsboot.listener.NatsListenerEndpointRegistry
import dev.natsboot.test.EmbeddedNats
import io.nats.client.Connection
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatThrownBy
import org.awaitility.Awaitility.await
import org.junit.jupiter.api.Test
import org.springframework.beans.factory.annotation.Autowired
import org.springframework.boot.test.context.SpringBootTest
import java.time.Duration

/**
 * Functions that suspend are settled, or answered, when they are done.
 */
@EmbeddedNats
@SpringBootTest(properties = ["nats.jetstream.streams.KOTLIN.subjects=kotlin.orders,kotlin.failing,kotlin.cancelled",
	"nats.jetstream.streams.DEAD.subjects=dead.*", "spring.config.name=kotlin",
	"nats.listener.shutdown-timeout=100ms"])
class KotlinTests(@Autowired val listeners: KotlinListeners, @Autowired val nats: NatsTemplate,
		@Autowired val jetStream: JetStreamTemplate, @Autowired val connection: Connection,
		@Autowired val registry: NatsListenerEndpointRegistry) {

	@Test
	fun `a listener that suspends holds no worker and is acknowledged when it is done`() {
		val orders = (1..20).map { Order(it, if (it % 2 == 0) "note $it" else null) }
		orders.forEach { jetStream.publish("kotlin.orders", it) }
		await().untilAsserted { assertThat(listeners.begun).containsAll(orders.take(2)) }
		assertThat(ackPending("kotlin")).isPositive()
		listeners.gate.complete(Unit)
		await().untilAsserted { assertThat(listeners.begun).containsExactlyInAnyOrderElementsOf(orders) }
		await().untilAsserted { assertThat(ackPending("kotlin")).isZero() }
	}

	@Test
	fun `a listener that suspends and fails is tried again and then dead-lettered`() {
		jetStream.publish("kotlin.failing", Order(7, null))
		await().untilAsserted {
			assertThat(connection.jetStreamManagement().getStreamInfo("DEAD").streamState.msgCount).isEqualTo(1)
		}
		assertThat(listeners.failed.filter { it.id == 7 }).hasSize(2)
		assertThat(connection.jetStreamManagement().getMessage("DEAD", 1).headers!!.getFirst("Dead-Letter-Text"))
			.isEqualTo("Order 7 can't be shipped")
	}

	@Test
	fun `a listener that suspends beyond a stop is cancelled and its message comes again`() {
		val order = Order(8, null)
		jetStream.publish("kotlin.cancelled", order)
		await().untilAsserted { assertThat(listeners.suspended).containsExactly(order) }
		val container = registry.getListenerContainer("cancelled")!!
		container.stop()
		await().untilAsserted { assertThat(listeners.cancelled).containsExactly(order) }
		assertThat(connection.jetStreamManagement().getConsumerInfo("KOTLIN", "cancelled").ackFloor.streamSequence)
			.isZero()
		container.start()
		await().untilAsserted { assertThat(listeners.suspended).containsExactly(order, order) }
	}

	@Test
	fun `a request handler that suspends answers when it is done`() {
		assertThat(nats.request("kotlin.greet", "Kotlin", String::class.java, Duration.ofSeconds(5)))
			.isEqualTo("Hello, Kotlin!")
		assertThatThrownBy { nats.request("kotlin.greet", "nobody", String::class.java, Duration.ofSeconds(5)) }
			.isInstanceOf(NatsServiceErrorException::class.java)
			.hasMessageContaining("Nobody to greet")
	}

	@Test
	fun `a core listener that suspends answers its failure only where it answers`() {
		val replies = connection.subscribe("kotlin.replies")
		val order = Order(9, null)
		connection.publish("kotlin.silent", "kotlin.replies", """{"id":9}""".toByteArray())
		await().untilAsserted { assertThat(listeners.failed).contains(order) }
		registry.getListenerContainer("silent")!!.stop()
		connection.publish("kotlin.length", "kotlin.replies", "nobody".toByteArray())
		assertThat(replies.nextMessage(Duration.ofSeconds(5))!!.headers!!.getFirst("Nats-Service-Error"))
			.isEqualTo("Nobody to measure")
		assertThat(nats.request("kotlin.length", "Kotlin", String::class.java, Duration.ofSeconds(5))).isEqualTo("6")
	}

	private fun ackPending(consumer: String) =
		connection.jetStreamManagement().getConsumerInfo("KOTLIN", consumer).numAckPending

}
