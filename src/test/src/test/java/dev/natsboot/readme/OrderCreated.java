package dev.natsboot.readme;

public record OrderCreated(String orderId, String customerId, double totalAmount) {
}
