package io.pricewire.ingestor.http;

import java.time.Clock;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Makes the clients of services; closing it closes them all. */
public final class ServiceClients implements AutoCloseable {

    private final HttpSettings settings;
    private final Clock clock;
    private final Queue<ServiceClient> made = new ConcurrentLinkedQueue<>();

    public ServiceClients(HttpSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** A client of this service. */
    public ServiceClient to(WebService service) {
        ServiceClient client = new ServiceClient(service, settings, clock);
        made.add(client);
        return client;
    }

    @Override
    public void close() {
        made.forEach(ServiceClient::close);
    }
}
