package dev.natsboot.autoconfigure;

import dev.natsboot.core.NatsExecutor;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnThreading;
import org.springframework.boot.thread.Threading;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The threads that run listeners, request handlers and callbacks, for those who import
 * this.
 */
@Configuration(proxyBeanMethods = false)
class NatsExecutorConfiguration {

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnThreading(Threading.PLATFORM)
	NatsExecutor natsExecutor() {
		return NatsExecutor.platformThreads();
	}

	@Bean(name = "natsExecutor")
	@ConditionalOnMissingBean
	@ConditionalOnThreading(Threading.VIRTUAL)
	NatsExecutor natsExecutorVirtualThreads() {
		return NatsExecutor.virtualThreads();
	}

}
