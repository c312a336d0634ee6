package dev.natsboot.sample.processor.audit;

import dev.natsboot.sample.processor.role.ConditionalOnRole;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * The role {@code audit}.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole("audit")
@Import({ AuditListener.class, AuditArchive.class, AuditRebuild.class, AuditVerifier.class, AuditController.class })
public class AuditConfiguration {

}
