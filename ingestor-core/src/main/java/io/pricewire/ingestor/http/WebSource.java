package io.pricewire.ingestor.http;

import io.pricewire.ingestor.Batch;
import io.pricewire.ingestor.CallBudget;
import io.pricewire.ingestor.PolledSource;
import java.time.Duration;

/** A source that asks one service on the web, and reads each of its records by one method. */
public abstract class WebSource implements PolledSource {

    private final String name;
    private final Duration interval;
    private final ServiceClient service;
    private final RecordReader reader;

    /**
     * @param name the ingestor's, under which its prices are kept
     * @param interval how long after one poll the next begins
     * @param reader what of a record is what
     */
    protected WebSource(String name, Duration interval, ServiceClient service, RecordReader reader) {
        this.name = name;
        this.interval = interval;
        this.service = service;
        this.reader = reader;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Duration interval() {
        return interval;
    }

    @Override
    public final CallBudget budget() {
        return service.budget();
    }

    @Override
    public final Batch reread(String text, String context) {
        return Readings.again(reader, text, context);
    }

    /** The service that it asks. */
    protected final ServiceClient service() {
        return service;
    }

    /** Something that reads records as this source does. */
    protected final Readings readings() {
        return new Readings(reader);
    }
}
