package io.pricewire.query;

import io.pricewire.service.PricewireService;
import io.pricewire.service.ServiceLauncher;
import org.springframework.context.annotation.Import;

/** The query service, as a service of its own. */
@PricewireService(name = "query-service")
@Import(QueryConfiguration.class)
public class QueryService {

    public static void main(String[] arguments) {
        ServiceLauncher.run(QueryService.class, arguments);
    }
}
