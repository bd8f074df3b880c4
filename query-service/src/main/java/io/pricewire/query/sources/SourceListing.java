package io.pricewire.query.sources;

import io.pricewire.query.listing.Listing;
import io.pricewire.query.parameter.Cursor;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Sources by their names. There are few. */
final class SourceListing implements Listing<SourceView> {

    private final List<SourceView> sources;

    SourceListing(List<SourceView> sources) {
        this.sources = sources;
    }

    @Override
    public Mono<List<SourceView>> rows(@Nullable Cursor after, long offset, int limit) {
        return Mono.just(sources.stream()
                .filter(source -> after == null || source.source().compareTo(after.get(0)) > 0)
                .skip(offset)
                .limit(limit)
                .toList());
    }

    @Override
    public Mono<Long> count() {
        return Mono.just((long) sources.size());
    }

    @Override
    public Cursor placeOf(SourceView row) {
        return Cursor.of(row.source());
    }

    @Override
    public int partsOfPlace() {
        return 1;
    }
}
