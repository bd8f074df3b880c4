package io.pricewire.ingestor.coingecko;

import io.pricewire.service.PricewireService;
import org.springframework.context.annotation.Import;

/** CoinGecko's source by itself, with the ingestor's settings: for who asks it once and publishes nothing. */
@PricewireService(name = "ingestor-coingecko")
@Import(CoinGeckoSourceConfiguration.class)
public class CoinGeckoReader {}
