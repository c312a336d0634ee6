package dev.natsboot.sample.order.deadletter;

import dev.natsboot.deadletter.DeadLetterFilter;
import dev.natsboot.deadletter.DeadLetterId;
import dev.natsboot.deadletter.DeadLetterOperations;
import dev.natsboot.deadletter.DeadLetterReport;
import dev.natsboot.deadletter.Redrive;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Positive;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Shows dead letters, and sends them back: one, or all (of a listener).
 */
@RestController
@RequestMapping("/dead-letters")
class DeadLetterController {

	private final DeadLetterOperations deadLetters;

	private final DeadLetterViews views;

	DeadLetterController(DeadLetterOperations deadLetters, DeadLetterViews views) {
		this.deadLetters = deadLetters;
		this.views = views;
	}

	@GetMapping
	DeadLetters list(@RequestParam(required = false) @Nullable String from,
			@RequestParam(defaultValue = "50") @Positive @Max(1000) int limit) {
		DeadLetterId first = (from != null) ? DeadLetterId.parse(from) : null;
		return this.views.of(this.deadLetters.list(DeadLetterFilter.all(), first, limit));
	}

	@PostMapping("/{id}/redrive")
	Redrive redrive(@PathVariable String id) {
		return this.deadLetters.redrive(DeadLetterId.parse(id));
	}

	@PostMapping("/redrive")
	Redriven redriveAll(@RequestParam(required = false) @Nullable String listener) {
		DeadLetterFilter filter = DeadLetterFilter.all();
		DeadLetterReport report = this.deadLetters
			.redriveAll((listener != null) ? filter.withListener(listener) : filter);
		return new Redriven(report.done(), report.failed(), report.failures().values().stream().toList(),
				report.stopped());
	}

}
