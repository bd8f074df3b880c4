package io.pricewire.ingestor.http;

import java.time.Clock;
import org.springframework.web.reactive.function.client.ExchangeFunction;

/** A client of a service that is not on the web: what it is asked a test answers, at the test's own time. */
public final class ScriptedClient {

    private ScriptedClient() {}

    public static ServiceClient of(WebService service, HttpSettings settings, Clock clock, ExchangeFunction script) {
        return new ServiceClient(service, settings, clock, script);
    }
}
