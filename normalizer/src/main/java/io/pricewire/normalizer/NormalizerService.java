package io.pricewire.normalizer;

import io.pricewire.service.PricewireService;
import io.pricewire.service.ServiceLauncher;
import org.springframework.context.annotation.Import;

/** The normalizer, as a service of its own. */
@PricewireService(name = "normalizer")
@Import(NormalizerConfiguration.class)
public class NormalizerService {

    public static void main(String[] arguments) {
        ServiceLauncher.run(NormalizerService.class, arguments);
    }
}
