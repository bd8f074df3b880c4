package io.pricewire.ingestor.coinpaprika;

import io.pricewire.service.PricewireService;
import org.springframework.context.annotation.Import;

/** CoinPaprika's source by itself, with the ingestor's settings: for who asks it once and publishes nothing. */
@PricewireService(name = "ingestor-coinpaprika")
@Import(CoinPaprikaSourceConfiguration.class)
public class CoinPaprikaReader {}
