package io.pricewire.ingestor.csv;

import io.pricewire.service.PricewireService;
import io.pricewire.service.ServiceLauncher;
import org.springframework.context.annotation.Import;

/** The ingestor of CSV files, as a service of its own. */
@PricewireService(name = "ingestor-csv")
@Import(CsvConfiguration.class)
public class CsvIngestor {

    public static void main(String[] arguments) {
        ServiceLauncher.run(CsvIngestor.class, arguments);
    }
}
