package io.pricewire.ingestor.coinpaprika;

import io.pricewire.ingestor.IngestorConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** CoinPaprika as a source, unless it is switched off. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "pricewire.coinpaprika.enabled", matchIfMissing = true)
@Import({CoinPaprikaSourceConfiguration.class, IngestorConfiguration.class})
class CoinPaprikaConfiguration {}
