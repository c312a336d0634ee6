package dev.natsboot.sample.processor.synchronous;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.natsboot.sample.processor.event.OrderCreated;
import dev.natsboot.sample.processor.inventory.InventoryService;
import dev.natsboot.sample.processor.inventory.ReservationResult;
import dev.natsboot.sample.processor.inventory.ReservationStatus;
import dev.natsboot.sample.processor.role.ConditionalOnRole;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Reserves stock for orders while the caller waits.
 */
@RestController
@ConditionalOnRole("inventory")
class ReservationController {

	private final InventoryService inventory;

	ReservationController(InventoryService inventory) {
		this.inventory = inventory;
	}

	/**
	 * Reserve stock. Who asks again gets the same answer, and nothing is taken again.
	 * @param orders the orders
	 * @return what became of each reservation, by message id
	 */
	@PostMapping("/reservations")
	Map<String, ReservationStatus> reserve(@RequestBody @NotEmpty List<@NotNull @Valid OrderCreated> orders) {
		return this.inventory.reserve(orders)
			.stream()
			.collect(Collectors.toMap(ReservationResult::orderMessageId, ReservationResult::status));
	}

}
