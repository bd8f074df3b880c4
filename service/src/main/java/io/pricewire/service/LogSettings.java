package io.pricewire.service;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How logs are written.
 *
 * @param format {@code text} for people; {@code ecs} for machines, one JSON object a line by the Elastic Common Schema
 */
@ConfigurationProperties("pricewire.log")
record LogSettings(@DefaultValue("text") Format format) {

    enum Format {
        TEXT,
        ECS
    }
}
