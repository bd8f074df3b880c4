package io.pricewire.ingestor.coingecko;

import io.pricewire.ingestor.http.Coins;
import io.pricewire.ingestor.http.JsonRecord;
import io.pricewire.ingestor.http.ServiceRequest;
import java.util.List;
import java.util.Locale;

/** Into which pages the coins that are asked for fall. */
record Pages(Coins coins) {

    /** CoinGecko gives no more in one page, whatever it is asked for. */
    static final int LONGEST = 250;

    /** Ids have up to some 60 characters, and addresses of more than 8,000 are not accepted everywhere. */
    static final int MOST_IDS = 100;

    ServiceRequest request(String quote, int page) {
        ServiceRequest request =
                ServiceRequest.to("/coins/markets").with("vs_currency", quote.toLowerCase(Locale.ROOT));
        request = switch (coins) {
            // The order by market cap changes between one page and the next, the order by id does not.
            case Coins.All all ->
                request.with("order", "id_asc").with("per_page", LONGEST).with("page", page);
            case Coins.Top top ->
                request.with("order", "market_cap_desc")
                        .with("per_page", Math.min(LONGEST, top.most()))
                        .with("page", page);
            case Coins.Only only ->
                request.with("ids", String.join(",", ids(only, page)))
                        .with("order", "id_asc")
                        .with("per_page", LONGEST)
                        .with("page", 1);
        };
        return request.with("precision", "full");
    }

    /** Those records of a page that were asked for. */
    List<JsonRecord> wanted(List<JsonRecord> records, int page) {
        return coins instanceof Coins.Top top
                ? records.subList(0, Math.min(records.size(), Math.max(0, top.most() - (page - 1) * LONGEST)))
                : records;
    }

    /** Whether no page comes after one with so many records. */
    boolean isLast(int page, int records) {
        return switch (coins) {
            case Coins.All all -> records < LONGEST;
            case Coins.Top top -> records < LONGEST || page * LONGEST >= top.most();
            case Coins.Only only -> page * MOST_IDS >= only.ids().size();
        };
    }

    private static List<String> ids(Coins.Only only, int page) {
        int all = only.ids().size();
        return only.ids().subList(Math.min(all, (page - 1) * MOST_IDS), Math.min(all, page * MOST_IDS));
    }
}
