package io.pricewire.ingestor.coingecko;

import io.pricewire.ingestor.IngestorConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** CoinGecko as a source, unless it is switched off. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "pricewire.coingecko.enabled", matchIfMissing = true)
@Import({CoinGeckoSourceConfiguration.class, IngestorConfiguration.class})
class CoinGeckoConfiguration {}
