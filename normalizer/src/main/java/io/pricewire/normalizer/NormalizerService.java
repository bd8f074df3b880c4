package io.pricewire.normalizer;

import io.pricewire.service.PricewireService;
import io.pricewire.service.ServiceLauncher;
import java.util.List;
import org.springframework.context.annotation.Import;

/** The normalizer, as a service of its own; with the argument {@code migrate} it only migrates the tables, and ends. */
@PricewireService(name = "normalizer")
@Import(NormalizerConfiguration.class)
public class NormalizerService {

    public static void main(String[] arguments) {
        if (List.of(arguments).contains(MigrationJob.ARGUMENT)) {
            MigrationJob.run(arguments).block();
        } else {
            ServiceLauncher.run(NormalizerService.class, arguments);
        }
    }
}
