package dev.natsboot.sample.processor.gateway;

/**
 * What became of a charge.
 *
 * @param idempotencyKey the merchant's key
 * @param orderId what the money is for
 * @param chargeId the gateway's own id
 * @param outcome whether the customer was charged
 */
record ChargeAnswer(String idempotencyKey, String orderId, String chargeId, Outcome outcome) {

	enum Outcome {

		APPROVED, DECLINED

	}

}
