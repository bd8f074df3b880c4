package io.pricewire.ingestor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import io.pricewire.proto.v1.Figures;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FigureFieldsTest {

    @ParameterizedTest
    @EnumSource(Figure.class)
    void putsEachFigureIntoTheFieldOfItsName(Figure figure) {
        Figures message = FigureFields.toMessage(Map.of(figure, BigDecimal.ONE));

        assertThat(message.getAllFields().keySet())
                .extracting(FieldDescriptor::getName)
                .containsExactly(figure.name().toLowerCase(Locale.ROOT));
    }

    @Test
    void hasAFigureForEachField() {
        assertThat(Figure.values()).hasSameSizeAs(Figures.getDescriptor().getFields());
    }

    @Test
    void writesDecimalsInPlainNotation() {
        Figures message = FigureFields.toMessage(Map.of(Figure.PRICE, new BigDecimal("1.2E-12")));

        assertThat(message.getPrice().getDigits()).isEqualTo("0.0000000000012");
    }
}
