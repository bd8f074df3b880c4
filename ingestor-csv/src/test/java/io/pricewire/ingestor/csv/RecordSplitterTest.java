package io.pricewire.ingestor.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordSplitterTest {

    @ParameterizedTest
    @ValueSource(strings = {"a,b\nc,d\n", "a,b\nc,d", "a,b\r\nc,d\r\n", "a,b\rc,d\r", "a,b\rc,d"})
    void splitsAtLineEndsOfEveryKind(String file) throws IOException {
        assertThat(split(file)).extracting(RecordText::text).containsExactly("a,b", "c,d");
    }

    @Test
    void keepsALineEndWithinQuotes() throws IOException {
        List<RecordText> records = split("\"a\nb\",c\nd,e\n");

        assertThat(records).extracting(RecordText::text).containsExactly("\"a\nb\",c", "d,e");
        assertThat(records).extracting(RecordText::line).containsExactly(1L, 3L);
    }

    @Test
    void takesAQuoteWithinACellForACharacter() throws IOException {
        assertThat(split("a,7\" vinyl\nb,c\n")).extracting(RecordText::text).containsExactly("a,7\" vinyl", "b,c");
    }

    @Test
    void takesTwoQuotesWithinQuotesForOne() throws IOException {
        assertThat(split("a,\"7\"\",\n\"\nb\n")).extracting(RecordText::text).containsExactly("a,\"7\"\",\n\"", "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n"})
    void countsLinesOfEveryKind(String lineEnd) throws IOException {
        assertThat(split("a\n\"b\n\"\n\nc\n".replace("\n", lineEnd)))
                .extracting(RecordText::line)
                .containsExactly(1L, 2L, 4L, 5L);
    }

    @Test
    void knowsALineEndWhoseHalvesAreReadApart() throws IOException {
        String first = "x".repeat(RecordSplitter.LONGEST_RECORD - 1);

        assertThat(split(first + "\r\nb\r\n")).extracting(RecordText::text).containsExactly(first, "b");
    }

    @Test
    void ignoresAByteOrderMarkAndCountsItsBytes() throws IOException {
        List<RecordText> records = split("\uFEFFa\nb\n");

        assertThat(records).extracting(RecordText::text).containsExactly("a", "b");
        assertThat(records.getFirst().nextOffset()).isEqualTo(5);
    }

    @Test
    void goesOnAtAnyRecord() throws IOException {
        String file = "\uFEFFä,b\n\"c\nd\"\ne\n";
        List<RecordText> all = split(file);

        for (int index = 0; index < all.size() - 1; index++) {
            RecordText record = all.get(index);
            byte[] rest = Arrays.copyOfRange(
                    file.getBytes(StandardCharsets.UTF_8),
                    (int) record.nextOffset(),
                    file.getBytes(StandardCharsets.UTF_8).length);
            RecordSplitter splitter =
                    new RecordSplitter(new ByteArrayInputStream(rest), record.nextOffset(), record.nextLine());
            assertThat(splitter.next()).isEqualTo(all.get(index + 1));
        }
    }

    @Test
    void endsARecordWhoseQuoteIsNeverClosedAtItsFirstLineEnd() throws IOException {
        String file = "\"a\n" + "b,c\n".repeat(40_000);

        List<RecordText> records = split(file);

        assertThat(records.getFirst().text()).isEqualTo("\"a");
        assertThat(records).hasSize(40_001);
    }

    @Test
    void cutsARecordThatNeverEnds() throws IOException {
        List<RecordText> records = split("x".repeat(3 * RecordSplitter.LONGEST_RECORD));

        assertThat(records).hasSize(3);
    }

    @Test
    void tellsThatARecordIsNoUtf8AndReadsOn() throws IOException {
        byte[] file = {'a', '\n', (byte) 0xC3, '(', '\n', 'b', '\n'};
        RecordSplitter splitter = new RecordSplitter(new ByteArrayInputStream(file), 0, 1);

        assertThat(splitter.next().isUtf8()).isTrue();
        assertThat(splitter.next().isUtf8()).isFalse();
        assertThat(splitter.next().text()).isEqualTo("b");
        assertThat(splitter.next()).isNull();
    }

    @Test
    void findsNothingInAnEmptyFile() throws IOException {
        assertThat(split("")).isEmpty();
    }

    private static List<RecordText> split(String file) throws IOException {
        RecordSplitter splitter =
                new RecordSplitter(new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)), 0, 1);
        List<RecordText> records = new ArrayList<>();
        for (RecordText record = splitter.next(); record != null; record = splitter.next()) {
            records.add(record);
        }
        return records;
    }
}
