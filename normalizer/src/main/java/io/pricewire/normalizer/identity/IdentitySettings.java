package io.pricewire.normalizer.identity;

import java.math.BigDecimal;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When evidence of an asset's identity is good enough.
 *
 * @param priceTolerance by how much of the smaller one two prices within an hour may differ, for things that are equal in
 *     name and symbol: 0.1 is 10 %
 * @param dominance how many times the market cap of the next an asset has to have, for things that are known by their
 *     symbol alone
 */
@ConfigurationProperties("pricewire.normalizer.identity")
public record IdentitySettings(
        @DefaultValue("0.1") BigDecimal priceTolerance,
        @DefaultValue("10") BigDecimal dominance) {

    public IdentitySettings {
        requireNotNegative("pricewire.normalizer.identity.price-tolerance", priceTolerance);
        requireNotNegative("pricewire.normalizer.identity.dominance", dominance);
    }

    private static void requireNotNegative(String name, BigDecimal value) {
        if (value.signum() < 0) {
            throw new IllegalArgumentException("%s is %s; it takes 0 or more".formatted(name, value));
        }
    }
}
