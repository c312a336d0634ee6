package dev.natsboot.readme;

import dev.natsboot.annotation.NatsRequestHandler;

import org.springframework.stereotype.Component;

@Component
class Greeter {

	@NatsRequestHandler("greeter.greet")
	String greet(String name) {
		return "Hello, " + name + "!";
	}

}
