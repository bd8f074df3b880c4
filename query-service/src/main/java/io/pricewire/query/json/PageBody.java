package io.pricewire.query.json;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON of a list, made of the JSON of its rows. */
public final class PageBody {

    private PageBody() {}

    /**
     * {@code {"data": [...], "page": 1, "page_size": 100, "total": 15012, "next": "..."}}.
     *
     * @param rows the JSON of each row
     * @param page the page's number; null where a cursor was given
     * @param next made of characters that need no escapes
     */
    public static byte[] of(
            List<byte[]> rows, @Nullable Integer page, int pageSize, @Nullable Number total, @Nullable String next) {
        ByteArrayOutputStream body = new ByteArrayOutputStream(
                200 + rows.stream().mapToInt(row -> row.length + 1).sum());
        write("{\"data\":[", body);
        for (int i = 0; i < rows.size(); i++) {
            if (i > 0) {
                body.write(',');
            }
            body.writeBytes(rows.get(i));
        }
        write(
                "],\"page\":%s,\"page_size\":%d,\"total\":%s,\"next\":%s}"
                        .formatted(page, pageSize, total, next == null ? null : "\"" + next + "\""),
                body);
        return body.toByteArray();
    }

    private static void write(String text, ByteArrayOutputStream body) {
        body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
