package io.pricewire.query.access;

import io.pricewire.eventstream.StreamLifecycle;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Who may do what. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AccessSettings.class)
public class AccessConfiguration {

    @Bean
    KeyFile keyFile(AccessSettings settings) {
        return new KeyFile(settings.apiKeysFile());
    }

    @Bean
    StreamLifecycle keyFileLifecycle(KeyFile file) {
        return new StreamLifecycle(file.watch(), file::stop);
    }

    @Bean
    KeyRing keyRing(AccessSettings settings, KeyFile file) {
        Keys listed = Keys.parse(settings.apiKeys(), "API_KEYS");
        Keys fixed = settings.apiKey().isEmpty() ? listed : listed.with(settings.apiKey(), Role.ADMIN);
        return new KeyRing(() -> fixed.and(file.keys()));
    }

    @Bean
    Access access(AccessSettings settings, KeyRing keys, Environment environment) {
        return new Access(keys, settings.anonymous(environment.getProperty("server.address", "")));
    }

    @Bean
    OwnOrigin ownOrigin() {
        return new OwnOrigin();
    }
}
