package io.pricewire.query.metrics;

/** A stretch of time before the latest observation, and how much older than that the price may be that it began with. */
enum Window {
    HOUR("1h", "1 hour", "30 minutes"),
    DAY("24h", "24 hours", "6 hours"),
    WEEK("7d", "168 hours", "24 hours"),
    MONTH("30d", "720 hours", "48 hours");

    private final String code;
    private final String length;
    private final String tolerance;

    Window(String code, String length, String tolerance) {
        this.code = code;
        this.length = length;
        this.tolerance = tolerance;
    }

    /** What the change is called. */
    String column() {
        return "change_%s_pct".formatted(code);
    }

    /** The change of this row in percent, where {@link #price} is joined. */
    String change(String row) {
        return "round((%s.price / past_%s.price - 1) * 100, 6)".formatted(row, code);
    }

    /** Joins the price that this row's window began with. */
    String price(String row) {
        return """
                left join lateral (
                  select h.price from price_history h
                  where h.source = %1$s.source and h.source_asset_id = %1$s.source_asset_id and h.quote = %1$s.quote
                    and h.observed_at <= %1$s.observed_at - interval '%2$s'
                    and h.observed_at > %1$s.observed_at - interval '%2$s' - interval '%3$s'
                  order by h.observed_at desc, h.interval desc limit 1
                ) past_%4$s on true""".formatted(row, length, tolerance, code);
    }
}
