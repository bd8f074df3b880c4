package io.pricewire.normalizer.store;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Of what candles are made.
 *
 * @param fromTicks whether ticks make candles of a minute; without, only the sources' own bars are kept as candles. Ticks
 *     that were observed while this was off are in no candle
 */
@ConfigurationProperties("pricewire.normalizer.candles")
public record CandleSettings(@DefaultValue("true") boolean fromTicks) {}
