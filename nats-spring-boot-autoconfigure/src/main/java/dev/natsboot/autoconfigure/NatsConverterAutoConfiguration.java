package dev.natsboot.autoconfigure;

import dev.natsboot.convert.MessagingPayloadConverter;
import dev.natsboot.convert.NatsMessageConverters;
import dev.natsboot.convert.PayloadConverter;
import io.nats.client.Message;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.converter.MessageConverter;

/**
 * {@link AutoConfiguration Auto-configuration} for the conversion of payloads.
 */
@AutoConfiguration(afterName = "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration")
@ConditionalOnClass({ Message.class, MessageConverter.class })
public final class NatsConverterAutoConfiguration {

	/**
	 * The name of the bean that converts payloads; a bean of this name replaces ours.
	 */
	static final String MESSAGE_CONVERTER_BEAN_NAME = "natsMessageConverter";

	NatsConverterAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	PayloadConverter natsPayloadConverter(@Qualifier(MESSAGE_CONVERTER_BEAN_NAME) MessageConverter converter) {
		return new MessagingPayloadConverter(converter);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(JsonMapper.class)
	static class JsonConfiguration {

		@Bean(MESSAGE_CONVERTER_BEAN_NAME)
		@ConditionalOnMissingBean(name = MESSAGE_CONVERTER_BEAN_NAME)
		MessageConverter natsMessageConverter(ObjectProvider<JsonMapper> mapper) {
			return NatsMessageConverters.withJson(mapper.getIfAvailable(JsonMapper::new));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingClass("tools.jackson.databind.json.JsonMapper")
	static class PlainConfiguration {

		@Bean(MESSAGE_CONVERTER_BEAN_NAME)
		@ConditionalOnMissingBean(name = MESSAGE_CONVERTER_BEAN_NAME)
		MessageConverter natsMessageConverter() {
			return NatsMessageConverters.withoutJson();
		}

	}

}
