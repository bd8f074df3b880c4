package io.pricewire.ingestor.coinpaprika;

import io.pricewire.service.PricewireService;
import io.pricewire.service.ServiceLauncher;
import org.springframework.context.annotation.Import;

/** The ingestor of CoinPaprika's prices, as a service of its own. */
@PricewireService(name = "ingestor-coinpaprika")
@Import(CoinPaprikaConfiguration.class)
public class CoinPaprikaIngestor {

    public static void main(String[] arguments) {
        ServiceLauncher.run(CoinPaprikaIngestor.class, arguments);
    }
}
