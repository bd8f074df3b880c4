package io.pricewire.ingestor.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * What is asked of a service.
 *
 * @param pathAndQuery as it stands in the request
 */
public record ServiceRequest(String pathAndQuery) {

    /** Asks for a path, without parameters. */
    public static ServiceRequest to(String path) {
        return new ServiceRequest(path);
    }

    /** With one more parameter. */
    public ServiceRequest with(String parameter, Object value) {
        return new ServiceRequest("%s%s%s=%s"
                .formatted(
                        pathAndQuery,
                        pathAndQuery.indexOf('?') < 0 ? "?" : "&",
                        parameter,
                        URLEncoder.encode(value.toString(), StandardCharsets.UTF_8)));
    }
}
