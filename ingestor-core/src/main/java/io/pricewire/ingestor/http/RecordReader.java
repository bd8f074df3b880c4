package io.pricewire.ingestor.http;

/** Says what of a source's record is what: the first time, and when a refused record is read again. */
@FunctionalInterface
public interface RecordReader {

    /**
     * Reads a record in one of the currencies of its context.
     *
     * @param context what the record's answer says besides
     */
    PriceReading read(JsonRecord json, RecordContext context, String quote);
}
