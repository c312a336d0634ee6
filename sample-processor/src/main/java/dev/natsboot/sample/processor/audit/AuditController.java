package dev.natsboot.sample.processor.audit;

import java.util.Optional;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Shows what the archive knows.
 */
@RestController
@RequestMapping("/audit")
class AuditController {

	private final AuditRebuild rebuild;

	private final AuditVerifier verifier;

	AuditController(AuditRebuild rebuild, AuditVerifier verifier) {
		this.rebuild = rebuild;
		this.verifier = verifier;
	}

	@GetMapping("/orders/{orderId}")
	ResponseEntity<RebuiltOrder> order(@PathVariable String orderId) {
		return ResponseEntity.of(Optional.ofNullable(this.rebuild.orders().get(orderId)));
	}

	@GetMapping("/verification")
	AuditVerifier.Verification verification() {
		return this.verifier.verify();
	}

}
