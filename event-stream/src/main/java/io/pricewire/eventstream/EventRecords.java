package io.pricewire.eventstream;

import static java.util.Objects.requireNonNullElse;

import com.ethlo.time.ITU;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Events as Kafka records and back, by the
 * <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md">Kafka
 * binding</a> of CloudEvents in binary mode.
 */
final class EventRecords {

    private static final byte[] SPEC_VERSION = utf8("1.0");
    private static final byte[] PROTOBUF = utf8("application/protobuf");

    private EventRecords() {}

    static ProducerRecord<byte[], byte[]> toRecord(Event<?> event, TopicNames names) {
        EventAttributes attributes = event.attributes();
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                names.inKafka(event.topic()), utf8(event.key()), event.value().toByteArray());
        Headers headers = record.headers()
                .add("ce_specversion", SPEC_VERSION)
                .add("ce_id", utf8(attributes.id()))
                .add("ce_source", utf8(attributes.source()))
                .add("ce_type", utf8(event.topic().eventType()))
                .add("ce_time", utf8(attributes.time().toString()))
                .add("ce_subject", utf8(attributes.subject()))
                .add("content-type", PROTOBUF);
        if (attributes.traceparent() != null) {
            headers.add("traceparent", utf8(attributes.traceparent()));
        }
        return record;
    }

    static Received toReceived(ConsumerRecord<byte[], byte[]> record, SubscribedTopics topics) {
        return new Received(
                topics.contractName(record.topic()),
                record.partition(),
                record.offset(),
                Instant.ofEpochMilli(record.timestamp()),
                record.key() == null ? "" : text(record.key()),
                record.value() == null ? ByteString.EMPTY : UnsafeByteOperations.unsafeWrap(record.value()),
                attributes(record.headers()));
    }

    private static @Nullable EventAttributes attributes(Headers headers) {
        String id = null;
        String source = null;
        Instant time = null;
        String subject = "";
        String traceparent = null;
        // Of several of one name the last counts. Asking for them one by one would decode all names each time.
        for (Header header : headers) {
            switch (header.key()) {
                case "ce_id" -> id = text(header);
                case "ce_source" -> source = text(header);
                case "ce_time" -> time = time(text(header));
                case "ce_subject" -> subject = requireNonNullElse(text(header), "");
                case "traceparent" -> traceparent = text(header);
                default -> {}
            }
        }
        return id == null || source == null || time == null
                ? null
                : new EventAttributes(id, source, time, subject, traceparent);
    }

    private static @Nullable Instant time(@Nullable String text) {
        try {
            return text == null ? null : ITU.parseDateTime(text).toInstant();
        } catch (DateTimeException notATime) {
            return null;
        }
    }

    private static @Nullable String text(Header header) {
        return header.value() == null ? null : text(header.value());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
