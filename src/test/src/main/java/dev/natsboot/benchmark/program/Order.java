package dev.natsboot.benchmark.program;

import java.util.Arrays;

import tools.jackson.databind.json.JsonMapper;

/**
 * What is published as JSON.
 *
 * @param id the identity
 * @param customer the customer
 * @param amount the amount in cents
 * @param currency the currency
 * @param note fills the message up to the wanted size
 */
public record Order(String id, String customer, long amount, String currency, String note) {

	/**
	 * Make an order.
	 * @param size the size of its JSON in bytes
	 * @return the order
	 */
	public static Order ofSize(int size) {
		int missing = size - JsonMapper.shared().writeValueAsBytes(withNote("")).length;
		return withNote("x".repeat(Math.max(0, missing)));
	}

	private static Order withNote(String note) {
		return new Order("order-000001", "customer-42", 123_456, "EUR", note);
	}

	/**
	 * Make a body that isn't JSON.
	 * @param size its size in bytes
	 * @return the body
	 */
	public static byte[] bytes(int size) {
		byte[] body = new byte[size];
		Arrays.fill(body, (byte) 'x');
		return body;
	}

}
