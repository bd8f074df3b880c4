package io.pricewire.query.parameter;

import io.pricewire.query.problem.ProblemException;
import io.pricewire.query.problem.ProblemException.ParameterError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is asked for: a page by its number, which is counted with a total, or what follows a cursor,
 * which costs the same wherever it is.
 *
 * @param cursor where the part before ended; empty to start at the beginning, null where a page is asked for
 * @param page the page's number, from 1
 * @param size the most rows in this part
 */
public record Paging(@Nullable String cursor, int page, int size) {

    private static final int LARGEST_SIZE = 1_000;
    private static final int DEFAULT_SIZE = 100;

    private static final Parameter<Integer> PAGE =
            Parameter.integer("page", "The number of the page, from 1. Not together with cursor.", 1, 100_000_000);
    private static final Parameter<Integer> PAGE_SIZE =
            Parameter.integer("page_size", "The most rows in one answer; 100 unless given.", 1, LARGEST_SIZE);
    private static final Parameter<String> CURSOR = new Parameter<>(
            "cursor",
            "Where to go on: empty to start, then next of the answer before. page and total are null then.",
            "string",
            List.of(),
            text -> text);

    /** The parameters that say which part is asked for. */
    public static final Parameters PARAMETERS = Parameters.of(PAGE, PAGE_SIZE, CURSOR);

    /** The parameters of a list that knows no cursors. */
    public static final Parameters PAGES = Parameters.of(PAGE, PAGE_SIZE);

    public static Paging of(Arguments arguments) {
        String cursor = arguments.find(CURSOR);
        if (cursor != null && arguments.has(PAGE)) {
            throw ProblemException.badParameters(
                    List.of(new ParameterError("cursor", "it cannot be given together with page")));
        }
        return new Paging(cursor, arguments.get(PAGE, 1), arguments.get(PAGE_SIZE, DEFAULT_SIZE));
    }

    public boolean isByCursor() {
        return cursor != null;
    }

    /** How many rows come before this page. */
    public long offset() {
        return (page - 1L) * size;
    }

    /** The problem of a cursor that was not made for this list. */
    public static ProblemException badCursor() {
        return ProblemException.badParameters(List.of(
                new ParameterError("cursor", "it is not one that this list gave; it takes next of an earlier answer")));
    }
}
