package dev.natsboot.sample.order.synchronous;

import java.util.List;
import java.util.stream.IntStream;

import dev.natsboot.sample.order.intake.OrderCreated;
import dev.natsboot.sample.order.intake.OrderIdentity;
import dev.natsboot.sample.order.intake.OrderRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes orders, one or many at a time, and answers when they are settled. A client that
 * got no answer may repeat its request with the same {@code Idempotency-Key}, many orders
 * included.
 */
@RestController
@RequestMapping("/orders")
@Profile("synchronous")
class SynchronousOrderController {

	private static final String KEY = "Idempotency-Key";

	private final SynchronousOrders orders;

	SynchronousOrderController(SynchronousOrders orders) {
		this.orders = orders;
	}

	@PostMapping
	@ResponseStatus(HttpStatus.CREATED)
	SettledOrder settle(@Valid @RequestBody OrderRequest order,
			@RequestHeader(name = KEY, required = false) @Nullable String key) {
		return this.orders.settle(List.of(OrderCreated.of(order, OrderIdentity.of(key)))).get(0);
	}

	@PostMapping("/bulk")
	@ResponseStatus(HttpStatus.CREATED)
	List<SettledOrder> settleAll(@RequestBody @NotEmpty @Size(max = 10_000) List<@NotNull @Valid OrderRequest> orders,
			@RequestHeader(name = KEY, required = false) @Nullable String key) {
		return this.orders.settle(IntStream.range(0, orders.size())
			.mapToObj((i) -> OrderCreated.of(orders.get(i), OrderIdentity.of(key, i)))
			.toList());
	}

}
