package dev.natsboot.sample.order.state;

import java.util.List;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Positive;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Shows orders: one, the latest, and how many are in which state.
 */
@RestController
@RequestMapping("/orders")
class OrderStateController {

	private final OrderQueries orders;

	OrderStateController(OrderQueries orders) {
		this.orders = orders;
	}

	@GetMapping("/{orderId}")
	ResponseEntity<OrderState> order(@PathVariable String orderId) {
		return ResponseEntity.of(this.orders.find(orderId));
	}

	@GetMapping
	List<OrderState> latest(@RequestParam(defaultValue = "50") @Positive @Max(1000) int limit) {
		return this.orders.latest(limit);
	}

	@GetMapping("/counts")
	OrderCounts counts() {
		return this.orders.counts();
	}

}
