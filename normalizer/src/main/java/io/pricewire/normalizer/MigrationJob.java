package io.pricewire.normalizer;

import io.pricewire.database.DatabaseSettings;
import io.pricewire.service.PricewireService;
import io.pricewire.service.ServiceLauncher;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import reactor.core.publisher.Mono;

/**
 * The migrations alone, for a job that ends: before services of a new version start, or as a user of the database that may
 * do more than theirs. Needs no Kafka.
 */
@PricewireService(name = "normalizer")
@EnableConfigurationProperties(DatabaseSettings.class)
@Import(MigrationConfiguration.class)
class MigrationJob {

    /** What the normalizer is told so that it is this job. */
    static final String ARGUMENT = "migrate";

    /**
     * Completes when the tables are as this version needs them. Where the database is away it tries until it is there; it
     * fails, and with it the job, where trying again would not help.
     */
    static Mono<Void> run(String... arguments) {
        return Mono.using(
                () -> start(arguments),
                context -> context.getBean(Migrations.class).runOrFail());
    }

    private static ConfigurableApplicationContext start(String... arguments) {
        return ServiceLauncher.application(MigrationJob.class)
                .web(WebApplicationType.NONE)
                .run(arguments);
    }
}
