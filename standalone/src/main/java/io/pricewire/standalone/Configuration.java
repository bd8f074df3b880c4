package io.pricewire.standalone;

import io.pricewire.service.PricewireService;
import io.pricewire.service.ServiceLauncher;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;

/** Reads the settings from where the services read theirs: variables, {@code .env}, system properties. */
@PricewireService(name = "standalone")
@EnableConfigurationProperties(StandaloneSettings.class)
class Configuration {

    static StandaloneSettings read() {
        try (ConfigurableApplicationContext context = ServiceLauncher.application(Configuration.class)
                .web(WebApplicationType.NONE)
                .registerShutdownHook(false)
                .logStartupInfo(false)
                .run()) {
            return context.getBean(StandaloneSettings.class);
        }
    }
}
