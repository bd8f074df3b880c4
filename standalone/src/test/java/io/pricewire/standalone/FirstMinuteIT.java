package io.pricewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a new user meets. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class FirstMinuteIT {

    @TempDir
    Path folder;

    @Test
    void startsServesStopsAndStartsAgainWithItsData() throws Exception {
        try (PricewireProcess pricewire = new PricewireProcess(folder).start()) {
            await().atMost(PricewireProcess.PATIENCE)
                    .until(() -> pricewire
                                    .json("/api/v1/prices?page_size=5")
                                    .get("total")
                                    .asInt()
                            == 6);
            assertThat(pricewire.log())
                    .contains(
                            "Pricewire 0.1.0 is running", pricewire.url() + "/api/v1/prices", "a sample of daily bars");

            PricewireProcess.Result second = pricewire.run();
            assertThat(second.status()).isNotZero();
            assertThat(second.output())
                    .contains("another Pricewire uses the folder " + folder.resolve(".pricewire"), pricewire.url());

            pricewire.stop();
            assertThat(pricewire.log()).contains("Stopping.", "Stopped.");
            assertThat(folder.resolve(".pricewire/postgres/data/postmaster.pid"))
                    .doesNotExist();
            assertThat(folder.resolve(".pricewire/instance.json")).doesNotExist();

            pricewire.start();
            assertThat(pricewire.json("/api/v1/prices").get("total").asInt()).isEqualTo(6);
            assertThat(pricewire.log()).doesNotContain("a sample of daily bars");
        }
    }

    @Test
    void saysWhichPortIsTaken() throws Exception {
        try (PricewireProcess pricewire = new PricewireProcess(folder);
                ServerSocket taken = new ServerSocket(pricewire.httpPort())) {
            PricewireProcess.Result result = pricewire.run("run");

            assertThat(result.status()).isNotZero();
            assertThat(result.output())
                    .contains(
                            "port %d, which the API needs, is taken by another program; set SERVER_PORT to another one"
                                    .formatted(taken.getLocalPort()));
        }
    }

    @Test
    void startsOneForTheLoadWhereNoneIsRunning() throws Exception {
        Path file = Files.writeString(folder.resolve("prices_2026-01-02.csv"), """
                coin_id,name,symbol,price_usd,market_cap,volume_24h
                btc-bitcoin,Bitcoin,BTC,45000.10,850000000000,25000000000
                eth-ethereum,Ethereum,ETH,not a price,300000000000,15000000000
                """);
        try (PricewireProcess pricewire = new PricewireProcess(folder)) {
            PricewireProcess.Result result = pricewire.run("load", file.toString());

            assertThat(result.output()).contains("loaded 1, unchanged 0, quarantined 1");
            assertThat(result.status()).as("something was quarantined").isEqualTo(1);

            pricewire.start();
            assertThat(pricewire
                            .json("/api/v1/prices?source=csv-generic")
                            .get("data")
                            .get(0)
                            .get("observed_at")
                            .asString())
                    .isEqualTo("2026-01-02T00:00:00Z");
            PricewireProcess.Result again = pricewire.run("load", file.toString());
            assertThat(again.output()).contains("loaded 0, unchanged 1, quarantined 1");
        }
    }

    @Test
    void readsFilesThatAppearInTheFolder() throws Exception {
        try (PricewireProcess pricewire = new PricewireProcess(folder).start()) {
            Files.writeString(
                    pricewire.inbox().resolve("mine.csv"),
                    "coin_id,name,symbol,price_usd,market_cap,volume_24h\nmine,Mine,MINE,1.5,,\n");

            await().atMost(PricewireProcess.PATIENCE)
                    .until(() ->
                            pricewire.json("/api/v1/prices?q=mine").get("total").asInt() == 1);
        }
    }

    @Test
    void leavesNothingBehindWhenItIsStoppedWhileItStarts() throws Exception {
        leavesNothingBehindWhenItIsStoppedWhileStarting();
    }

    @Test
    @Tag("full")
    void leavesNothingBehindWhenALoadIsStoppedWhileItStartsItsOwn() throws Exception {
        Path file = Files.writeString(folder.resolve("prices.csv"), "coin_id\n");

        leavesNothingBehindWhenItIsStoppedWhileStarting("load", file.toString());
    }

    private void leavesNothingBehindWhenItIsStoppedWhileStarting(String... arguments) throws Exception {
        Path postgres = folder.resolve(".pricewire/postgres/data/postmaster.pid");
        try (PricewireProcess pricewire = new PricewireProcess(folder).begin(arguments)) {
            await().atMost(PricewireProcess.PATIENCE).until(() -> Files.exists(postgres));

            pricewire.stop();

            assertThat(postgres).doesNotExist();
            assertThat(folder.resolve(".pricewire/instance.json")).doesNotExist();
            assertThat(pricewire.log()).doesNotContain("Exception");
            pricewire.start();
        }
    }

    @Test
    void readsWhatIsThereOnceAndEnds() throws Exception {
        PricewireProcess.Result result = run("--once");

        assertThat(result.output()).contains("csv: runs 1, failed 0, loaded 180, unchanged 0, quarantined 0");
        assertThat(result.status()).as(result.output()).isZero();
    }

    @Test
    void saysInOneLineWhichSettingIsWrong() throws Exception {
        Files.writeString(folder.resolve(".env"), "CSV_DIRECTORY=files # mine\nPRICEWIRE_CSV_SETTLETIME=5 minutes\n");

        PricewireProcess.Result ofAService = run("run");
        PricewireProcess.Result standalone;
        try (PricewireProcess pricewire = new PricewireProcess(folder)) {
            standalone = pricewire.with("PRICEWIRE_STANDALONE_KAFKAPORT", "abc").run("run");
        }

        assertThat(standalone.status()).isNotZero();
        assertThat(standalone.output())
                .isEqualTo(
                        "PRICEWIRE_STANDALONE_KAFKAPORT (pricewire.standalone.kafka-port) is \"abc\"; it takes a whole number\n");
        assertThat(ofAService.status()).isNotZero();
        assertThat(ofAService.output())
                .contains(
                        "PRICEWIRE_CSV_SETTLETIME (pricewire.csv.settle-time) is \"5 minutes\"; it takes seconds, or a number with"
                                + " ms, s, m, h or d\n")
                .doesNotContain("Exception");
    }

    @Test
    @Tag("full")
    void saysInOneLineWhereTheFileOfVariablesIsWrong() throws Exception {
        Files.writeString(folder.resolve(".env"), "SERVER_PORT\n");

        PricewireProcess.Result result = run("run");

        assertThat(result.status()).isNotZero();
        assertThat(result.output())
                .isEqualTo("%s: line 1 is not of the form NAME=value\n".formatted(folder.resolve(".env")));
    }

    @Test
    void refusesAFileThatIsNotThere() throws Exception {
        PricewireProcess.Result result = run("load", "nothing.csv");

        assertThat(result.status()).isNotZero();
        assertThat(result.output()).contains("pricewire: nothing.csv is not a file that can be read");
    }

    private PricewireProcess.Result run(String... arguments) throws Exception {
        try (PricewireProcess pricewire = new PricewireProcess(folder)) {
            return pricewire.run(arguments);
        }
    }
}
