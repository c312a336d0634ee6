package dev.natsboot.sample.processor.gateway;

import jakarta.validation.Valid;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Lets people break the gateway.
 */
@RestController
@RequestMapping("/switches")
class SwitchController {

	private final SwitchBoard board;

	SwitchController(SwitchBoard board) {
		this.board = board;
	}

	@GetMapping
	Switches get() {
		return this.board.get();
	}

	@PutMapping
	Switches put(@RequestBody @Valid SwitchChanges changes) {
		return this.board.change(changes);
	}

}
