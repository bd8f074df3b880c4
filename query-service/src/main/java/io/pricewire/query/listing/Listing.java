package io.pricewire.query.listing;

import io.pricewire.query.parameter.Cursor;
import io.pricewire.query.parameter.Paging;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A list in an order in which each row has a place of its own. It is read part by part, by page or by cursor.
 *
 * @param <R> a row
 */
public interface Listing<R> {

    /**
     * Some of its rows.
     *
     * @param after the place after which to begin; null to begin at the beginning
     * @param offset how many rows to leave out first
     * @param limit the most rows
     */
    Mono<List<R>> rows(@Nullable Cursor after, long offset, int limit);

    /** How many rows there are in all. */
    Mono<Long> count();

    /** The place of a row. */
    Cursor placeOf(R row);

    /** Of how many parts a place is made. */
    int partsOfPlace();

    /** The part that is asked for. */
    default Mono<Part<R>> part(Paging paging) {
        return paging.isByCursor() ? after(paging) : page(paging);
    }

    private Mono<Part<R>> page(Paging paging) {
        return rows(null, paging.offset(), paging.size()).zipWith(count(), (rows, total) -> {
            boolean isLast = rows.isEmpty() || paging.offset() + rows.size() >= total;
            return new Part<>(rows, total, isLast ? null : next(rows));
        });
    }

    private Mono<Part<R>> after(Paging paging) {
        String cursor = String.valueOf(paging.cursor());
        Cursor after = cursor.isEmpty() ? null : Cursor.parse(cursor, partsOfPlace());
        // One more than is wanted tells whether there is more.
        return rows(after, 0, paging.size() + 1).map(rows -> {
            if (rows.size() <= paging.size()) {
                return new Part<>(rows, null, null);
            }
            List<R> part = rows.subList(0, paging.size());
            return new Part<>(part, null, next(part));
        });
    }

    private String next(List<R> rows) {
        return placeOf(rows.getLast()).text();
    }
}
