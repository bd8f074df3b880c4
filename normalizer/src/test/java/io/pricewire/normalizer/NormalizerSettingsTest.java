package io.pricewire.normalizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class NormalizerSettingsTest {

    @Test
    void hasTheContractsDefaults() {
        assertThat(new Binder(new MapConfigurationPropertySource(Map.of()))
                        .bindOrCreate("pricewire.normalizer", NormalizerSettings.class))
                .isEqualTo(new NormalizerSettings(5_000, 3, "", true));
    }

    @Test
    void refusesABatchThatIsTooLargeByTheNameOfTheVariable() {
        assertThatThrownBy(() -> new NormalizerSettings(50_001, 1, "", true))
                .hasMessage("NORMALIZER_BATCH_SIZE is 50001; it takes 1 to 50000");
    }

    @Test
    void refusesNoPipelineAtAll() {
        assertThatThrownBy(() -> new NormalizerSettings(1, 0, "", true))
                .hasMessage("pricewire.normalizer.pipelines is 0; it takes 1 to 24");
    }
}
