package dev.natsboot.sample.processor.payment;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import dev.natsboot.sample.processor.event.OrderCreated;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;

/**
 * The payment gateway over HTTP, one call for many orders.
 */
class HttpPaymentGateway implements PaymentGateway {

	private static final ParameterizedTypeReference<List<ChargeResponse>> RESPONSES = new ParameterizedTypeReference<>() {
	};

	private final RestClient client;

	HttpPaymentGateway(RestClient client) {
		this.client = client;
	}

	@Override
	public List<PaymentResult> charge(List<OrderCreated> orders) {
		List<ChargeRequest> charges = orders.stream().map(ChargeRequest::of).toList();
		List<ChargeResponse> responses = call(
				() -> this.client.post().uri("/charges").body(charges).retrieve().requiredBody(RESPONSES));
		Map<String, ChargeResponse> byKey = responses.stream()
			.collect(Collectors.toMap(ChargeResponse::idempotencyKey, Function.identity()));
		return orders.stream().flatMap((order) -> result(order, byKey.get(order.messageId())).stream()).toList();
	}

	@Override
	public void requireAvailable() {
		call(() -> this.client.get().uri("/status").retrieve().toBodilessEntity());
	}

	private static Optional<PaymentResult> result(OrderCreated order, @Nullable ChargeResponse response) {
		return Optional.ofNullable(response)
			.map((answer) -> PaymentResult.of(order, answer.status(), answer.chargeId()));
	}

	private static <T> T call(Supplier<T> call) {
		try {
			return call.get();
		}
		catch (RestClientResponseException ex) {
			throw translate(ex);
		}
		catch (ResourceAccessException ex) {
			throw new GatewayUnavailableException("The payment gateway can't be reached: " + ex.getMessage(), ex);
		}
		catch (RestClientException ex) {
			throw new PaymentGatewayException("The payment gateway's answer can't be read: " + ex.getMessage(), ex);
		}
	}

	private static PaymentGatewayException translate(RestClientResponseException ex) {
		HttpStatusCode status = ex.getStatusCode();
		String message = "The payment gateway answered with status " + status.value();
		return (status.value() == 503 || status.value() == 429) ? new GatewayUnavailableException(message, ex)
				: new PaymentGatewayException(message, ex);
	}

}
