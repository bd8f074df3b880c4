package io.pricewire.ingestor.gemini;

import io.pricewire.ingestor.IngestorConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Gemini as a source, unless it is switched off. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "pricewire.gemini.enabled", matchIfMissing = true)
@Import({GeminiSourceConfiguration.class, IngestorConfiguration.class})
class GeminiConfiguration {}
