package io.pricewire.ingestor.gemini;

import io.pricewire.service.PricewireService;
import io.pricewire.service.ServiceLauncher;
import org.springframework.context.annotation.Import;

/** The ingestor of Gemini's prices, as a service of its own. */
@PricewireService(name = "ingestor-gemini")
@Import(GeminiConfiguration.class)
public class GeminiIngestor {

    public static void main(String[] arguments) {
        ServiceLauncher.run(GeminiIngestor.class, arguments);
    }
}
