package io.pricewire.ingestor.coingecko;

import io.pricewire.service.PricewireService;
import io.pricewire.service.ServiceLauncher;
import org.springframework.context.annotation.Import;

/** The ingestor of CoinGecko's prices, as a service of its own. */
@PricewireService(name = "ingestor-coingecko")
@Import(CoinGeckoConfiguration.class)
public class CoinGeckoIngestor {

    public static void main(String[] arguments) {
        ServiceLauncher.run(CoinGeckoIngestor.class, arguments);
    }
}
