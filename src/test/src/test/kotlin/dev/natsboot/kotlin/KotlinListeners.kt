package dev.natsboot.kotlin

import dev.natsboot.annotation.NatsListener
import dev.natsboot.annotation.NatsRequestHandler
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.delay
import org.springframework.boot.SpringBootConfiguration
import org.springframework.boot.autoconfigure.EnableAutoConfiguration
import java.util.concurrent.ConcurrentLinkedQueue

data class Order(val id: Int, val note: String?)

/**
 * Listeners and request handlers that suspend.
 */
@SpringBootConfiguration
@EnableAutoConfiguration(excludeName = ["org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration"])
class KotlinListeners {

	val gate = CompletableDeferred<Unit>()

	val begun = ConcurrentLinkedQueue<Order>()

	val failed = ConcurrentLinkedQueue<Order>()

	val suspended = ConcurrentLinkedQueue<Order>()

	val cancelled = ConcurrentLinkedQueue<Order>()

	@NatsListener(stream = "KOTLIN", subjects = ["kotlin.orders"], consumer = "kotlin", concurrency = "2")
	suspend fun onOrder(order: Order) {
		begun.add(order)
		gate.await()
	}

	@NatsListener(stream = "KOTLIN", subjects = ["kotlin.failing"], consumer = "failing", maxDeliver = "2",
		backoff = "10ms", deadLetterSubject = "dead.kotlin")
	suspend fun onFailing(order: Order) {
		failed.add(order)
		delay(1)
		throw IllegalStateException("Order ${order.id} can't be shipped")
	}

	@NatsListener(id = "cancelled", stream = "KOTLIN", subjects = ["kotlin.cancelled"], consumer = "cancelled",
		ackWait = "5m")
	suspend fun onCancelled(order: Order) {
		suspended.add(order)
		try {
			awaitCancellation()
		}
		catch (ex: CancellationException) {
			cancelled.add(order)
			throw ex
		}
	}

	@NatsListener("kotlin.length")
	suspend fun length(name: String): Int {
		delay(1)
		require(name != "nobody") { "Nobody to measure" }
		return name.length
	}

	@NatsListener(id = "silent", subjects = ["kotlin.silent"])
	suspend fun silent(order: Order) {
		failed.add(order)
		delay(1)
		throw IllegalStateException("Nobody asked")
	}

	@NatsRequestHandler("kotlin.greet")
	suspend fun greet(name: String): String {
		delay(1)
		require(name != "nobody") { "Nobody to greet" }
		return "Hello, $name!"
	}

}
