package io.pricewire.bench.peers;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import io.pricewire.proto.v1.Decimal;
import io.pricewire.proto.v1.PriceObserved;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.storage.Converter;

/** Makes of an observation the columns of history and latest, in the types that Debezium's sink takes for them. */
public final class ObservedConverter implements Converter {

    private static final Schema TIME =
            SchemaBuilder.string().name("io.debezium.time.ZonedTimestamp").build();
    private static final Schema UUID =
            SchemaBuilder.string().name("io.debezium.data.Uuid").build();
    private static final int SCALE = 7;
    private static final Schema NUMBER =
            org.apache.kafka.connect.data.Decimal.builder(SCALE).optional().build();

    private static final Schema ROW = SchemaBuilder.struct()
            .name("observation")
            .field("source", Schema.STRING_SCHEMA)
            .field("source_asset_id", Schema.STRING_SCHEMA)
            .field("quote", Schema.STRING_SCHEMA)
            .field("interval", Schema.STRING_SCHEMA)
            .field("observed_at", TIME)
            .field("observed_at_assumed", Schema.BOOLEAN_SCHEMA)
            .field("asset_id", Schema.STRING_SCHEMA)
            .field("symbol", Schema.STRING_SCHEMA)
            .field("name", Schema.STRING_SCHEMA)
            .field("ingested_at", TIME)
            .field("event_id", UUID)
            .field("run_id", UUID)
            .field("origin", Schema.STRING_SCHEMA)
            .field("price", NUMBER)
            .field("market_cap", NUMBER)
            .field("volume_24h", NUMBER)
            .build();

    @Override
    public void configure(Map<String, ?> settings, boolean isKey) {}

    @Override
    public byte[] fromConnectData(String topic, Schema schema, Object value) {
        throw new DataException("it is for reading only");
    }

    @Override
    public SchemaAndValue toConnectData(String topic, byte[] value) {
        throw new DataException("an observation has headers");
    }

    @Override
    public SchemaAndValue toConnectData(String topic, Headers headers, byte[] value) {
        PriceObserved observed = parse(value);
        Struct row = new Struct(ROW)
                .put("source", observed.getSource())
                .put("source_asset_id", observed.getSourceAssetId())
                .put("quote", observed.getQuote())
                .put("interval", observed.getInterval())
                .put("observed_at", time(observed.getObservedAt()))
                .put("observed_at_assumed", observed.getObservedAtAssumed())
                .put("asset_id", observed.getSourceAssetId())
                .put("symbol", observed.getSymbol())
                .put("name", observed.getName())
                .put("ingested_at", time(observed.getIngestedAt()))
                .put("event_id", new String(headers.lastHeader("ce_id").value(), StandardCharsets.UTF_8))
                .put("run_id", observed.getRunId())
                .put("origin", "live")
                .put("price", number(observed.getFigures().getPrice()))
                .put("market_cap", number(observed.getFigures().getMarketCap()))
                .put("volume_24h", number(observed.getFigures().getVolume24H()));
        return new SchemaAndValue(ROW, row);
    }

    private static PriceObserved parse(byte[] value) {
        try {
            return PriceObserved.parseFrom(value);
        } catch (InvalidProtocolBufferException e) {
            throw new DataException(e);
        }
    }

    private static String time(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos()).toString();
    }

    private static BigDecimal number(Decimal decimal) {
        return new BigDecimal(decimal.getDigits()).setScale(SCALE);
    }
}
