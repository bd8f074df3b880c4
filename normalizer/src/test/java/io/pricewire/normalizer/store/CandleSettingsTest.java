package io.pricewire.normalizer.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class CandleSettingsTest {

    @Test
    void makesCandlesOfTicksUnlessToldOtherwise() {
        assertThat(bound(Map.of())).isEqualTo(new CandleSettings(true));
        assertThat(bound(Map.of("pricewire.normalizer.candles.from-ticks", "false")))
                .isEqualTo(new CandleSettings(false));
    }

    private static CandleSettings bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("pricewire.normalizer.candles", CandleSettings.class);
    }
}
