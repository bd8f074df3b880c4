package io.pricewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DryRunTest {

    private static final String HEADER = "coin_id,name,symbol,price_usd,market_cap,volume_24h\n";

    @TempDir
    Path folder;

    private String printed = "";

    @Test
    void saysWhatWouldBeLoaded() throws IOException {
        Path file = Files.writeString(folder.resolve("good.csv"), HEADER + "a,A,a,1.50,0,3\nb,B,b,2,1,1\n");

        assertThat(dryRun(file)).isZero();

        assertThat(printed).isEqualTo(file + ": would load 2, quarantine 0\n");
    }

    @Test
    void saysWhatWouldBeRefusedAndWhy() throws IOException {
        Path file = Files.writeString(folder.resolve("bad.csv"), HEADER + "a,A,a,x,0,3\nb,B,b,-2,1,1\nc,C,c,1,1,1\n");

        assertThat(dryRun(file)).isEqualTo(1);

        assertThat(printed)
                .contains(file + ": line 2: not_a_number: ", file + ": b: price_not_positive: ")
                .endsWith(file + ": would load 1, quarantine 2\n");
    }

    @Test
    void saysWhatCannotBeReadAtAllAndGoesOn() throws IOException {
        Path unknown = Files.writeString(folder.resolve("unknown.csv"), "x,y\n1,2\n");
        Path good = Files.writeString(folder.resolve("good.csv"), HEADER + "a,A,a,1.50,0,3\n");

        assertThat(dryRun(unknown, good)).isEqualTo(1);

        assertThat(printed).contains(unknown.toString()).endsWith(good + ": would load 1, quarantine 0\n");
    }

    @Test
    void saysThatNothingWasFetchedInTheFuture() throws IOException {
        Path file = Files.writeString(folder.resolve("ahead.csv"), """
                source,source_asset_id,quote,observed_at,price,ingested_at
                coingecko,a,USD,2013-04-29T00:00:00Z,1,2013-04-29T00:00:01Z
                coingecko,b,USD,2013-04-29T00:00:00Z,1,2999-01-01T00:00:00Z
                """);

        assertThat(dryRun(file)).isEqualTo(1);

        assertThat(printed)
                .contains(file + ": b: timestamp_in_future: ingested_at is 2999-01-01T00:00:00Z; it takes at most ")
                .endsWith(file + ": would load 1, quarantine 1\n");
    }

    private int dryRun(Path... files) {
        String[] arguments = new String[files.length + 2];
        arguments[0] = "load";
        arguments[1] = "--dry-run";
        for (int i = 0; i < files.length; i++) {
            arguments[i + 2] = files[i].toString();
        }
        PrintStream out = System.out;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
            return Pricewire.execute(arguments);
        } finally {
            System.setOut(out);
            printed = written.toString(StandardCharsets.UTF_8);
        }
    }
}
