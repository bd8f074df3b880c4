package io.pricewire.query.listing;

import io.pricewire.query.json.PageBody;
import io.pricewire.query.parameter.Paging;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param rows those in this part
 * @param total how many there are in all; null where they are not counted
 * @param next where the next part starts; null where there is none
 * @param <R> a row
 */
public record Part<R>(
        List<R> rows, @Nullable Long total, @Nullable String next) {

    /** The same part, of what is made of the rows. */
    public <S> Part<S> of(List<S> others) {
        return new Part<>(others, total, next);
    }

    /** Its JSON. */
    public byte[] body(Paging paging, Function<R, byte[]> json) {
        return PageBody.of(
                rows.stream().map(json).toList(),
                paging.isByCursor() ? null : paging.page(),
                paging.size(),
                total,
                next);
    }
}
