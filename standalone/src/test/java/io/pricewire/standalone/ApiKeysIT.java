package io.pricewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands that ask a Pricewire, where it asks everybody for a key. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ApiKeysIT {

    private static final String KEY = "of-somebody-else-0123";

    @TempDir
    Path folder;

    @Test
    void areNotNeededForTheCommandsOfItsFolder() throws Exception {
        try (PricewireProcess pricewire = new PricewireProcess(folder).with("API_KEY", KEY)) {
            PricewireProcess.Result once = pricewire.run("--once");
            assertThat(once.output()).contains("csv: runs 1, failed 0, loaded 180, unchanged 0, quarantined 0");

            pricewire.start();
            assertThat(pricewire.run("load", file("a")).output()).contains("a.csv: loaded 1, unchanged 0");

            pricewire
                    .with("PRICEWIRE_STANDALONE_API", pricewire.url())
                    .with("CSV_DIRECTORY", pricewire.inbox().toString());
            assertThat(pricewire.run("load", file("b")).output())
                    .as("from elsewhere")
                    .contains("answered 401", "PRICEWIRE_STANDALONE_APIKEY");

            pricewire.with("PRICEWIRE_STANDALONE_APIKEY", KEY);
            assertThat(pricewire.run("load", file("b")).output()).contains("b.csv: loaded 1, unchanged 0");
        }
    }

    private String file(String coin) throws Exception {
        return Files.writeString(folder.resolve(coin + ".csv"), """
                        coin_id,name,symbol,price_usd,market_cap,volume_24h
                        %1$s,%1$s,%1$s,1.5,,
                        """.formatted(coin))
                .toString();
    }
}
