package dev.natsboot.sample.order.synchronous;

import java.util.List;
import java.util.Map;

import dev.natsboot.sample.order.intake.OrderCreated;
import dev.natsboot.sample.order.state.InventoryStatus;
import dev.natsboot.sample.order.state.PaymentStatus;

import org.springframework.context.annotation.Profile;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * The processor over HTTP, one call for all orders of a request.
 */
@Component
@Profile("synchronous")
class Processor {

	private static final ParameterizedTypeReference<Map<String, PaymentStatus>> PAYMENTS = new ParameterizedTypeReference<>() {
	};

	private static final ParameterizedTypeReference<Map<String, InventoryStatus>> RESERVATIONS = new ParameterizedTypeReference<>() {
	};

	private final RestClient payment;

	private final RestClient inventory;

	Processor(RestClient.Builder builder, ProcessorProperties properties) {
		this.payment = builder.clone().baseUrl(properties.paymentUrl()).build();
		this.inventory = builder.clone().baseUrl(properties.inventoryUrl()).build();
	}

	Map<String, PaymentStatus> pay(List<OrderCreated> orders) {
		return call(this.payment, "/payments", orders, PAYMENTS);
	}

	Map<String, InventoryStatus> reserve(List<OrderCreated> orders) {
		return call(this.inventory, "/reservations", orders, RESERVATIONS);
	}

	/**
	 * What isn't available now may be so after a second; whatever else goes wrong is a
	 * matter of the processor.
	 */
	private static <S> Map<String, S> call(RestClient client, String uri, List<OrderCreated> orders,
			ParameterizedTypeReference<Map<String, S>> type) {
		try {
			return client.post().uri(uri).body(orders).retrieve().requiredBody(type);
		}
		catch (HttpServerErrorException.ServiceUnavailable | ResourceAccessException ex) {
			throw OrdersNotSettledException.unavailable(ex);
		}
		catch (RestClientException ex) {
			throw OrdersNotSettledException.failed(ex);
		}
	}

}
