package dev.natsboot.sample.processor.gateway;

import java.util.List;
import java.util.Map;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Charges customers, many or one at a time.
 */
@RestController
class ChargeController {

	private final ChargeLedger ledger;

	private final SwitchBoard switches;

	ChargeController(ChargeLedger ledger, SwitchBoard switches) {
		this.ledger = ledger;
		this.switches = switches;
	}

	@PostMapping("/charges")
	List<ChargeAnswer> charge(@RequestBody @NotEmpty List<@NotNull @Valid Charge> charges) {
		return this.switches.disturb(() -> this.ledger.charge(charges));
	}

	@PostMapping("/charge")
	ChargeAnswer charge(@RequestBody @Valid Charge charge) {
		return this.switches.disturb(() -> this.ledger.charge(List.of(charge)).get(0));
	}

	@GetMapping("/charges/summary")
	Map<ChargeAnswer.Outcome, Long> summary() {
		return this.ledger.summary();
	}

	@GetMapping("/status")
	void status() {
		this.switches.requireAvailable();
	}

}
