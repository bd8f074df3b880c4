package io.pricewire.normalizer;

import io.pricewire.database.DatabaseSettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The migrations of the tables, which the normalizer owns. */
@Configuration(proxyBeanMethods = false)
class MigrationConfiguration {

    @Bean
    Migrations migrations(DatabaseSettings settings) {
        return new Migrations(settings.target());
    }
}
