package io.pricewire.query;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the query service asks the database.
 *
 * @param databaseRole the role in which it asks, which may only read; empty to ask as the user that connects
 */
@ConfigurationProperties("pricewire.query")
public record QuerySettings(
        @DefaultValue("pricewire_reader") String databaseRole) {

    public QuerySettings {
        if (!databaseRole.matches("[A-Za-z0-9_]{0,63}")) {
            throw new IllegalArgumentException(
                    "pricewire.query.database-role is \"%s\"; it takes up to 63 letters, digits and underscores"
                            .formatted(databaseRole));
        }
    }
}
