package io.pricewire.service;

import java.nio.file.Path;
import java.util.Locale;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts services. */
public final class ServiceLauncher {

    private ServiceLauncher() {}

    /**
     * Starts a service and returns when it is up.
     *
     * @param service its main class, which bears {@link PricewireService}
     * @param arguments of the command line: {@code --name=value} sets a property
     */
    public static ConfigurableApplicationContext run(Class<?> service, String... arguments) {
        return application(service).run(arguments);
    }

    /** A service that is not started yet, for whoever runs several in one JVM. */
    public static SpringApplicationBuilder application(Class<?> service) {
        return application(service, EnvironmentFile.path(System.getenv()));
    }

    static SpringApplicationBuilder application(Class<?> service, Path environmentFile) {
        PricewireService annotation = service.getAnnotation(PricewireService.class);
        if (annotation == null) {
            throw new IllegalArgumentException("%s is no PricewireService".formatted(service));
        }
        // Else the numbers in JSON and SQL would be written in the digits of the machine's language.
        Locale.setDefault(Locale.ROOT);
        return new SpringApplicationBuilder(service)
                .main(service)
                .bannerMode(Banner.Mode.OFF)
                .listeners(new EnvironmentFile(environmentFile), new LogFormat())
                .properties(
                        "spring.application.name=pricewire-" + annotation.name(),
                        "spring.config.name=pricewire-service,pricewire-" + annotation.name(),
                        "management.metrics.tags.%s=%s".formatted(SharedMetrics.TAG, annotation.name()));
    }
}
