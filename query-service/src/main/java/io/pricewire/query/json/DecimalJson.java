package io.pricewire.query.json;

import java.math.BigDecimal;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** Writes JSON in which decimals have all their digits, in plain notation, as numbers or as strings. */
public final class DecimalJson {

    private final JsonMapper numbers;
    private final JsonMapper strings;

    public DecimalJson() {
        this.numbers = JsonMapper.builder()
                .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                .build();
        this.strings = numbers.rebuild()
                .addModule(new SimpleModule().addSerializer(BigDecimal.class, new Digits()))
                .build();
    }

    public byte[] write(Object value, Numbers form) {
        return (form == Numbers.NUMBER ? numbers : strings).writeValueAsBytes(value);
    }

    private static final class Digits extends StdSerializer<BigDecimal> {

        Digits() {
            super(BigDecimal.class);
        }

        @Override
        public void serialize(BigDecimal value, JsonGenerator json, SerializationContext context) {
            json.writeString(value.toPlainString());
        }
    }
}
