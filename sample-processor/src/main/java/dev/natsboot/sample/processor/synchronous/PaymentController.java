package dev.natsboot.sample.processor.synchronous;

import java.util.List;
import java.util.Map;

import dev.natsboot.sample.processor.event.OrderCreated;
import dev.natsboot.sample.processor.payment.PaymentService;
import dev.natsboot.sample.processor.payment.PaymentStatus;
import dev.natsboot.sample.processor.role.ConditionalOnRole;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Pays for orders while the caller waits.
 */
@RestController
@ConditionalOnRole("payment")
class PaymentController {

	private final PaymentService payments;

	PaymentController(PaymentService payments) {
		this.payments = payments;
	}

	/**
	 * Pay for orders. Who asks again gets the same answer, and nobody is charged again.
	 * @param orders the orders
	 * @return what became of each payment, by message id
	 */
	@PostMapping("/payments")
	Map<String, PaymentStatus> pay(@RequestBody @NotEmpty List<@NotNull @Valid OrderCreated> orders) {
		return this.payments.pay(orders);
	}

}
