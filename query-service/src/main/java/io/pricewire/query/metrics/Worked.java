package io.pricewire.query.metrics;

/**
 * SQL of what is worked out of prices, of a row that has the columns of the latest prices: what to join to it, and the values
 * that can be selected then.
 */
final class Worked {

    /** Where {@link #volatility} is joined. */
    static final String VOLATILITY = "realised.volatility";

    /** Where {@link #extremes} are joined. */
    static final String HIGH = "extremes.high";

    /** Where {@link #extremes} are joined. */
    static final String LOW = "extremes.low";

    private Worked() {}

    /**
     * Joins realised volatility: the sample's standard deviation of the logarithms of the returns between prices that are 24
     * hours apart, for 30 days before the latest observation, times the square root of 365 as assets are traded every day:
     * {@code s / sqrt(tau)} by J. Hull, <i>Options, Futures, and Other Derivatives</i>, "Estimating volatility from historical
     * data". The price of a day is the last one in the 24 hours up to its end; a return is left out where a day has none.
     */
    static String volatility(String row) {
        return """
                left join lateral (
                  select case when count(logarithm) >= 7 then round(stddev_samp(logarithm) * sqrt(365::numeric) * 100, 6) end
                    as volatility
                  from (
                    select ln(close.price / lead(close.price) over (order by days)) as logarithm
                    from generate_series(0, 30) days left join lateral (
                      select h.price from price_history h
                      where h.source = %1$s.source and h.source_asset_id = %1$s.source_asset_id and h.quote = %1$s.quote
                        and h.observed_at <= %1$s.observed_at - days * interval '24 hours'
                        and h.observed_at > %1$s.observed_at - (days + 1) * interval '24 hours'
                      order by h.observed_at desc, h.interval desc limit 1
                    ) close on true
                  ) returns
                ) realised on true""".formatted(row);
    }

    /** Joins the highest and the lowest price of a day. A bar that began earlier says of these hours its last price only. */
    static String extremes(String row) {
        return """
                left join lateral (
                  select max(case when is_within then coalesce(high, price) else price end) as high,
                    min(case when is_within then coalesce(low, price) else price end) as low
                  from (
                    select h.price, h.high, h.low, h.interval = 'tick'
                        or candle_opened_at(h.interval, h.observed_at, true) >= %1$s.observed_at - interval '24 hours'
                        as is_within
                    from price_history h
                    where h.source = %1$s.source and h.source_asset_id = %1$s.source_asset_id and h.quote = %1$s.quote
                      and h.observed_at > %1$s.observed_at - interval '24 hours' and h.observed_at <= %1$s.observed_at
                  ) day
                ) extremes on true""".formatted(row);
    }

    /** Joins the sum of the market caps of the row's source in its quote currency. */
    static String totals(String row) {
        return """
                left join (
                  select source, quote, sum(market_cap) as market_cap from price_latest group by source, quote
                ) total on total.source = %1$s.source and total.quote = %1$s.quote""".formatted(row);
    }

    /** The row's part of that sum in percent, where {@link #totals} are joined. */
    static String share(String row) {
        return "round(%s.market_cap / nullif(total.market_cap, 0) * 100, 6)".formatted(row);
    }
}
