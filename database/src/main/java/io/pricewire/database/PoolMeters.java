package io.pricewire.database;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.PoolMetrics;
import java.util.function.Supplier;

/**
 * How the pool of connections is used. It adds up: {@code allocated = acquired + idle}, which is at most {@code
 * max.allocated}; who is pending waits because all are acquired.
 */
final class PoolMeters implements MeterBinder {

    private final PoolMetrics metrics;

    PoolMeters(ConnectionPool pool) {
        this.metrics = pool.getMetrics().orElseThrow();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        gauge("acquired", "Connections in use", metrics::acquiredSize, registry);
        gauge("allocated", "Connections to the database", metrics::allocatedSize, registry);
        gauge("idle", "Connections that nobody uses now", metrics::idleSize, registry);
        gauge("pending", "Statements that wait for a connection", metrics::pendingAcquireSize, registry);
        gauge("max.allocated", "The most connections that are made", metrics::getMaxAllocatedSize, registry);
    }

    private static void gauge(String name, String description, Supplier<Number> value, MeterRegistry registry) {
        Gauge.builder("r2dbc.pool." + name, value).description(description).register(registry);
    }
}
