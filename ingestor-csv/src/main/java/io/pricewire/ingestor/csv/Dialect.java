package io.pricewire.ingestor.csv;

import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A kind of CSV file: recognised by its header, and read row by row. */
interface Dialect {

    /** Reads the rows of this file; null where the file is of another kind. */
    @Nullable RowReader recognise(Columns columns, CsvFile file, Sample sample) throws IOException;

    /** Reads the rows of one file. */
    interface RowReader {

        /** The name under which the prices are kept, unless the file's owner gave it another. */
        String source();

        /** What the row says, given its cells, of which there are as many as columns. */
        void read(List<String> cells, Row row);
    }

    /** The rows of a file, for what no single row tells. */
    interface Sample {

        /** Shows the rows from the first on, until there are no more or the reader has seen enough. */
        void read(Predicate<List<String>> hasSeenEnough) throws IOException;
    }
}
