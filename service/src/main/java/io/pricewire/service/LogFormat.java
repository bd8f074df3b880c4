package io.pricewire.service;

import java.util.Map;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Has the log written as JSON where that is set. It is asked between reading the settings and setting up the log; what is
 * neither is refused when the settings are bound.
 */
final class LogFormat implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

    private static final String ECS = "ecs";

    @Override
    public int getOrder() {
        return LoggingApplicationListener.DEFAULT_ORDER - 1;
    }

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        ConfigurableEnvironment environment = event.getEnvironment();
        if (environment.getProperty("pricewire.log.format", "").equalsIgnoreCase(ECS)) {
            environment
                    .getPropertySources()
                    .addLast(new MapPropertySource(
                            "log format",
                            Map.of(
                                    "logging.structured.format.console",
                                    ECS,
                                    "logging.structured.json.customizer",
                                    LogFields.class.getName())));
        }
    }
}
