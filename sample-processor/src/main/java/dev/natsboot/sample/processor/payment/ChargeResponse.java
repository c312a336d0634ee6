package dev.natsboot.sample.processor.payment;

/**
 * What the gateway answers.
 *
 * @param idempotencyKey the key of the request
 * @param chargeId the gateway's id of the charge
 * @param outcome whether the customer was charged
 */
record ChargeResponse(String idempotencyKey, String chargeId, Outcome outcome) {

	PaymentStatus status() {
		return (this.outcome == Outcome.APPROVED) ? PaymentStatus.PAID : PaymentStatus.FAILED;
	}

	enum Outcome {

		APPROVED, DECLINED

	}

}
