package dev.natsboot.sample.order.intake;

import java.util.List;

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
 * Takes orders, one or many at a time.
 */
@RestController
@RequestMapping("/orders")
@Profile("!synchronous")
class OrderController {

	private final OrderGroups groups;

	private final OrderIntake intake;

	OrderController(OrderGroups groups, OrderIntake intake) {
		this.groups = groups;
		this.intake = intake;
	}

	@PostMapping
	@ResponseStatus(HttpStatus.ACCEPTED)
	AcceptedOrder accept(@Valid @RequestBody OrderRequest order,
			@RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey) {
		return this.groups.accept(OrderCreated.of(order, OrderIdentity.of(idempotencyKey)));
	}

	@PostMapping("/bulk")
	@ResponseStatus(HttpStatus.ACCEPTED)
	List<AcceptedOrder> acceptAll(
			@RequestBody @NotEmpty @Size(max = 10_000) List<@NotNull @Valid OrderRequest> orders) {
		return this.intake
			.acceptAll(orders.stream().map((order) -> OrderCreated.of(order, OrderIdentity.random())).toList());
	}

}
