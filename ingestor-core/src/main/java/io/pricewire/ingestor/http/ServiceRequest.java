package io.pricewire.ingestor.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

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

    /** Asks for the path of these names, whatever is in them. */
    public static ServiceRequest toNames(String... names) {
        return new ServiceRequest(Arrays.stream(names)
                .map(name -> "/" + encoded(name).replace("+", "%20"))
                .collect(Collectors.joining()));
    }

    /** With one more parameter. */
    public ServiceRequest with(String parameter, Object value) {
        return new ServiceRequest("%s%s%s=%s"
                .formatted(
                        pathAndQuery, pathAndQuery.indexOf('?') < 0 ? "?" : "&", parameter, encoded(value.toString())));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
