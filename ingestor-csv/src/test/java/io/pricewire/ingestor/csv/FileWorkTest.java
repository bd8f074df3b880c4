package io.pricewire.ingestor.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pricewire.ingestor.Batch;
import io.pricewire.ingestor.Figure;
import io.pricewire.ingestor.Interval;
import io.pricewire.ingestor.ObservedPrice;
import io.pricewire.ingestor.PriceSource;
import io.pricewire.ingestor.Refusal;
import io.pricewire.ingestor.SourceException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What files say, and what becomes of what they cannot say. */
class FileWorkTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String BARS = "SNo,Name,Symbol,Date,High,Low,Open,Close,Volume,Marketcap\n";
    private static final String SNAPSHOT = "coin_id,name,symbol,price_usd,market_cap,volume_24h\n";
    private static final Instant MODIFIED = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    Path folder;

    @Test
    void readsDailyBars() throws IOException {
        ObservedPrice bar = only(BARS + "1,Wrapped Bitcoin,WBTC,2019-01-31 23:59:59,4.5,3.5,3.75,4.25,19289.06,0.0\n");

        assertThat(bar)
                .isEqualTo(new ObservedPrice(
                        "csv-kaggle",
                        "wrapped-bitcoin",
                        "WBTC",
                        "Wrapped Bitcoin",
                        "USD",
                        Interval.DAY,
                        Instant.parse("2019-01-31T23:59:59Z"),
                        false,
                        Map.of(
                                Figure.PRICE, new BigDecimal("4.25"),
                                Figure.OPEN, new BigDecimal("3.75"),
                                Figure.HIGH, new BigDecimal("4.5"),
                                Figure.LOW, new BigDecimal("3.5"),
                                Figure.VOLUME_QUOTE, new BigDecimal("19289.06"),
                                Figure.VOLUME_24H, new BigDecimal("19289.06"),
                                Figure.MARKET_CAP, new BigDecimal("0.0")),
                        "1,Wrapped Bitcoin,WBTC,2019-01-31 23:59:59,4.5,3.5,3.75,4.25,19289.06,0.0",
                        "text/csv"));
    }

    @Test
    void readsAFlatSnapshotWhoseTimeIsThatOfTheFile() throws IOException {
        ObservedPrice price = only(SNAPSHOT + "btc-bitcoin,Bitcoin,BTC,45000,850000000000,25000000000\n");

        assertThat(price.source()).isEqualTo("csv-generic");
        assertThat(price.sourceAssetId()).isEqualTo("btc-bitcoin");
        assertThat(price.interval()).isEqualTo(Interval.TICK);
        assertThat(price.observedAt()).isEqualTo(MODIFIED);
        assertThat(price.observedAtAssumed()).isTrue();
        assertThat(price.figures())
                .containsOnly(
                        Map.entry(Figure.PRICE, new BigDecimal("45000")),
                        Map.entry(Figure.MARKET_CAP, new BigDecimal("850000000000")),
                        Map.entry(Figure.VOLUME_24H, new BigDecimal("25000000000")));
    }

    @ParameterizedTest
    @CsvSource({
        "29-04-2013 23:59,2013-04-29T23:59:00Z",
        "2013-04-29 23:59:59,2013-04-29T23:59:59Z",
        "2013-04-29,2013-04-29T23:59:59.999Z",
        "29-04-13,2013-04-29T23:59:59.999Z",
        "04/29/2013,2013-04-29T23:59:59.999Z"
    })
    void readsDatesAsSpreadsheetsSaveThem(String date, Instant lastInstant) throws IOException {
        assertThat(only(BARS + "1,Bitcoin,BTC," + date + ",2,1,1,2,0,0\n").observedAt())
                .isEqualTo(lastInstant);
    }

    @Test
    void decidesForTheWholeFileWhichPartOfADateIsTheDay() throws IOException {
        List<ObservedPrice> bars = read(BARS
                        + "1,Bitcoin,BTC,01-05-2013,2,1,1,2,0,0\n2,Bitcoin,BTC,13-05-2013,2,1,1,2,0,0\n")
                .observed();

        assertThat(bars.getFirst().observedAt()).isEqualTo("2013-05-01T23:59:59.999Z");
    }

    @Test
    void readsNoFileInWhichDayAndMonthCannotBeToldApart() {
        assertUnreadable(
                BARS + "1,Bitcoin,BTC,01-05-2013,2,1,1,2,0,0\n",
                "no date in the file has a part above 12, so day and month cannot be told apart");
    }

    @Test
    void leavesOutWhatAFileDoesNotKnow() throws IOException {
        ObservedPrice price = only(SNAPSHOT + "x,X,X,1.5,,null\n");

        assertThat(price.figures()).containsOnlyKeys(Figure.PRICE);
    }

    @Test
    void refusesARowWithEverythingThatIsWrongWithIt() throws IOException {
        Batch batch = read(BARS + "1,Bitcoin,BTC,2013-04-29,2,1,1,2,0,0\n2,,BTC,not a date,x,1,1,2,0,0\n");

        assertThat(batch.observed()).hasSize(1);
        assertThat(batch.refused()).singleElement().satisfies(refusal -> {
            assertThat(refusal.line()).isEqualTo(3);
            assertThat(refusal.text()).isEqualTo("2,,BTC,not a date,x,1,1,2,0,0");
            assertThat(refusal.reasons())
                    .extracting(Refusal.Reason::code)
                    .containsExactly("asset_missing", "not_a_time", "not_a_number");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"a,A,A,1|wrong_number_of_cells", "a,A,\"A\"x,1,2,3|malformed", "a,A,A,1e40,2,3|not_a_number"})
    void refusesARowThatIsBroken(String row, String code) throws IOException {
        assertThat(read(SNAPSHOT + row + "\n").refused())
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.reasons())
                        .extracting(Refusal.Reason::code)
                        .containsExactly(code));
    }

    @Test
    void readsARefusedRowAgainAsItsFileWouldBeRead() throws IOException {
        FileLabel label = new FileLabel("mine.csv", null, "csv-mine", null);
        String bars = BARS + "1,Bitcoin,BTC,01-05-2013,x,1,1,2,0,0\n2,Bitcoin,BTC,13-05-2013,2,1,1,2,0,0\n";
        Refusal refusal =
                batches(file(bars, label), 10, null).getFirst().refused().getFirst();

        Batch mended = source().reread(refusal.text().replace('x', '2'), refusal.context());

        assertThat(mended.observed()).singleElement().satisfies(bar -> {
            assertThat(bar.source()).isEqualTo("csv-mine");
            assertThat(bar.observedAt()).isEqualTo("2013-05-01T23:59:59.999Z");
        });
        assertThat(source().reread(refusal.text(), refusal.context()).refused())
                .singleElement()
                .satisfies(again -> {
                    assertThat(again.reasons()).isEqualTo(refusal.reasons());
                    assertThat(again.context()).isEqualTo(refusal.context());
                });
    }

    @Test
    void readsARefusedRowAgainAtTheTimeOfItsFile() throws IOException {
        Refusal refusal = read(SNAPSHOT + "a,A,A,x,2,3\n").refused().getFirst();

        Batch mended = source().reread(refusal.text().replace('x', '1'), refusal.context());

        assertThat(mended.observed()).singleElement().satisfies(price -> {
            assertThat(price.observedAt()).isEqualTo(MODIFIED);
            assertThat(price.observedAtAssumed()).isTrue();
        });
    }

    @Test
    void readsNoRowAgainWhoseFileItKnowsNothingOf() {
        assertThatThrownBy(() -> source().reread("a,A,A,1,2,3", "nothing"))
                .isInstanceOf(SourceException.class)
                .hasMessageStartingWith("what was kept of the row's file cannot be read");
    }

    @Test
    void skipsBlankLines() throws IOException {
        assertThat(read(SNAPSHOT + "\na,A,A,1,2,3\n\n\nb,B,B,1,2,3\n").observed())
                .hasSize(2);
    }

    @Test
    void goesOnAtAnyPosition() throws IOException {
        StringBuilder text = new StringBuilder("\uFEFF" + BARS);
        for (int day = 1; day <= 25; day++) {
            text.append("%d,\"Bit\ncoin\",BTC,2013-04-%02d 23:59:59,2,1,1,%d.5,0,0\r\n".formatted(day, day, day));
        }
        CsvFile file = file(text.toString());
        List<Batch> whole = batches(file, 10, null);

        for (int index = 0; index < whole.size() - 1; index++) {
            List<Batch> rest = batches(file, 10, whole.get(index).position());
            assertThat(rest).isEqualTo(whole.subList(index + 1, whole.size()));
        }
        assertThat(whole).extracting(batch -> batch.observed().size()).containsExactly(10, 10, 5);
        assertThat(whole.getLast().progress()).isEqualTo(whole.getLast().size());
    }

    @Test
    void keepsPricesUnderTheNameThatTheOwnerGives() throws IOException {
        CsvFile file = file(SNAPSHOT + "a,A,A,1,2,3\n", new FileLabel(null, null, "csv-mine", null));

        assertThat(batches(file, 10, null).getFirst().observed().getFirst().source())
                .isEqualTo("csv-mine");
    }

    @Test
    void readsNoFileOfAnUnknownKind() {
        assertUnreadable("a,b,c\n1,2,3\n", "the file's header is that of no known dialect: a,b,c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n \r\n"})
    void readsNoEmptyFile(String content) {
        assertUnreadable(content, "the file is empty");
    }

    @Test
    void skipsBlankLinesBeforeTheHeader() throws IOException {
        assertThat(only("\n\n" + BARS + "1,Bitcoin,BTC,13-05-2013,2,1,1,2,0,0\n")
                        .observedAt())
                .isEqualTo("2013-05-13T23:59:59.999Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n"})
    void readsEveryRowWhateverEndsItsLineAndHoweverManyInchesItHas(String lineEnd) throws IOException {
        String rows = "a,A,A,1,2,3\nb,12\" vinyl,B,1,2,3\nc,C,C,1,2,3\nd,7\" vinyl,D,1,2,3\n";

        assertThat(read((SNAPSHOT + rows).replace("\n", lineEnd)).observed())
                .extracting(ObservedPrice::sourceAssetId)
                .containsExactly("a", "b", "c", "d");
    }

    @Test
    void readsNoFileWhoseHeaderIsMalformed() {
        assertUnreadable("\"coin_id\"x,name\na,b\n", "the file's header cannot be read: \"coin_id\"x,name");
    }

    @Test
    void showsTheBeginningOfAHeaderAndWhatCannotBeSeenInIt() {
        assertUnreadable(
                "a\u0000\u001b," + "b".repeat(300) + "\n",
                "the file's header is that of no known dialect: a\\u0000\\u001b," + "b".repeat(196) + "…");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
    void tellsThatAFileIsEncodedInUtf16(String charset) throws IOException {
        CsvFile file = file("");
        Files.writeString(file.path(), "\uFEFF" + SNAPSHOT, Charset.forName(charset));

        assertThatThrownBy(() -> batches(file, 10, null))
                .isInstanceOf(SourceException.class)
                .hasMessage("the file is encoded in UTF-16; save it as UTF-8");
    }

    @Test
    void tellsCoinsApartWhoseNamesHaveNoLatinLetters() throws IOException {
        assertThat(
                        read(
                                BARS
                                        + "1,币安币,BNB,2013-04-29,2,1,1,2,0,0\n1,波场,TRX,2013-04-29,2,1,1,2,0,0\n1,-!,X,2013-04-29,2,1,1,2,0,0\n"))
                .satisfies(batch -> assertThat(batch.observed())
                        .extracting(ObservedPrice::sourceAssetId)
                        .containsExactly("币安币", "波场"))
                .satisfies(batch -> assertThat(batch.refused())
                        .flatExtracting(Refusal::reasons)
                        .extracting(Refusal.Reason::code)
                        .containsExactly("asset_missing"));
    }

    @Test
    void tellsThatAFileIsAway() throws IOException {
        CsvFile file = file(SNAPSHOT);
        Files.delete(file.path());

        assertThatThrownBy(() -> batches(file, 10, null))
                .isInstanceOfSatisfying(
                        SourceException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(SourceException.Kind.UNAVAILABLE));
    }

    private PriceSource source() {
        return new io.pricewire.ingestor.csv.CsvSource(
                new CsvSettings(folder, Duration.ofSeconds(1), Duration.ofSeconds(1), 10), Clock.systemUTC());
    }

    private void assertUnreadable(String content, String message) {
        assertThatThrownBy(() -> read(content))
                .isInstanceOfSatisfying(
                        SourceException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(SourceException.Kind.UNREADABLE))
                .hasMessage(message);
    }

    private ObservedPrice only(String content) throws IOException {
        Batch batch = read(content);
        assertThat(batch.refused()).isEmpty();
        assertThat(batch.observed()).hasSize(1);
        return batch.observed().getFirst();
    }

    private Batch read(String content) throws IOException {
        return batches(file(content), 1_000, null).getFirst();
    }

    private static List<Batch> batches(CsvFile file, int size, String position) {
        return new FileWork(file, size).read(position).collectList().block(PATIENCE);
    }

    private CsvFile file(String content) throws IOException {
        return file(content, FileLabel.NONE);
    }

    private CsvFile file(String content, FileLabel label) throws IOException {
        Path path = Files.writeString(folder.resolve("prices.csv"), content);
        return new CsvFile(path, "key", Files.size(path), MODIFIED, label);
    }
}
