package io.pricewire.eventstream;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.pricewire.proto.Topics;
import io.pricewire.proto.v1.IngestRun;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class EventRecordsTest {

    private static final TopicNames NAMES = new TopicNames(Map.of());
    private static final SubscribedTopics RUNS = SubscribedTopics.of(Topics.INGEST_RUNS, NAMES);
    private static final Event<IngestRun> EVENT = new Event<>(
            Topics.INGEST_RUNS,
            "run-1",
            IngestRun.newBuilder().setRunId("run-1").build(),
            new EventAttributes(
                    "id-1",
                    "/pricewire/ingestor/csv",
                    Instant.parse("2026-11-21T07:00:00.123Z"),
                    "run-1",
                    "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));

    @Test
    void writesTheHeadersOfCloudEventsInBinaryMode() {
        ProducerRecord<byte[], byte[]> record = EventRecords.toRecord(EVENT, NAMES);

        Map<String, String> headers = new LinkedHashMap<>();
        record.headers()
                .forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        assertThat(headers)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "ce_specversion", "1.0",
                        "ce_id", "id-1",
                        "ce_source", "/pricewire/ingestor/csv",
                        "ce_type", "pricewire.v1.IngestRun",
                        "ce_time", "2026-11-21T07:00:00.123Z",
                        "ce_subject", "run-1",
                        "content-type", "application/protobuf",
                        "traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
    }

    @Test
    void readsTheEventThatWasWritten() {
        Received received = EventRecords.toReceived(asRead(EventRecords.toRecord(EVENT, NAMES)), RUNS);

        assertThat(received.decode(Topics.INGEST_RUNS)).isEqualTo(EVENT);
    }

    @Test
    void tellsThatARecordWithoutHeadersIsNoEvent() {
        Received received =
                EventRecords.toReceived(new ConsumerRecord<>("ingest.runs", 0, 0, null, new byte[] {1, 2, 3}), RUNS);

        assertThat(received.decode(Topics.INGEST_RUNS))
                .isEqualTo(new Undecodable<>("it lacks the CloudEvents headers ce_id, ce_source, ce_time"));
        assertThat(received.value()).isEqualTo(ByteString.copyFrom(new byte[] {1, 2, 3}));
    }

    @Test
    void tellsThatAValueIsNoMessageOfItsTopic() {
        ProducerRecord<byte[], byte[]> record = EventRecords.toRecord(EVENT, NAMES);
        ProducerRecord<byte[], byte[]> garbled = new ProducerRecord<>(
                record.topic(), null, record.key(), new byte[] {(byte) 0xFF, 1, 2}, record.headers());

        Decoded<IngestRun> decoded =
                EventRecords.toReceived(asRead(garbled), RUNS).decode(Topics.INGEST_RUNS);

        assertThat(decoded)
                .isInstanceOfSatisfying(
                        Undecodable.class,
                        undecodable -> assertThat(undecodable.reason())
                                .startsWith("its value is no pricewire.v1.IngestRun: "));
    }

    private static ConsumerRecord<byte[], byte[]> asRead(ProducerRecord<byte[], byte[]> record) {
        ConsumerRecord<byte[], byte[]> read = new ConsumerRecord<>(record.topic(), 3, 42, record.key(), record.value());
        record.headers().forEach(read.headers()::add);
        return read;
    }
}
