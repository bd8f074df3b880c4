package io.pricewire.ingestor.http;

import io.pricewire.ingestor.CallBudget;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A service on the web.
 *
 * @param url that its paths are appended to: {@code https://api.coingecko.com/api/v3}
 * @param headers of every request, the key among them; their values stand in no message
 * @param budget how often it may be asked
 */
public record WebService(URI url, Map<String, String> headers, CallBudget budget) {

    public WebService {
        headers = Map.copyOf(headers);
    }

    /**
     * A service with what it allows; for another address than its own, what somebody has set, and else no bound.
     *
     * @param domain in which its own addresses are
     * @param plan what it allows there
     * @param callsPerMinute what somebody has set instead; null where nobody has
     * @param callsPerMonth what somebody has set instead; null where nobody has
     */
    public static WebService of(
            URI url,
            Map<String, String> headers,
            String domain,
            CallBudget plan,
            @Nullable Integer callsPerMinute,
            @Nullable Integer callsPerMonth) {
        CallBudget budget = isIn(domain, url) ? plan : CallBudget.UNBOUNDED;
        return new WebService(url, headers, budget.or(callsPerMinute, callsPerMonth));
    }

    /**
     * Checks an address that somebody has set.
     *
     * @param name of the setting
     * @throws IllegalArgumentException where it is no address of a service
     */
    public static URI requireAddress(String name, URI url) {
        boolean isHttp = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (!isHttp || url.getHost() == null || url.getRawUserInfo() != null || url.getRawQuery() != null) {
            throw new IllegalArgumentException(
                    "%s takes an address like https://api.example.com/v1, without user, password and parameters"
                            .formatted(name));
        }
        return url;
    }

    /** Whether an address is within a domain: {@code api.gemini.com} is in {@code gemini.com}, and so is that itself. */
    static boolean isIn(String domain, URI url) {
        String host = String.valueOf(url.getHost()).toLowerCase(Locale.ROOT);
        return host.equals(domain) || host.endsWith("." + domain);
    }

    /** What it is called in messages. */
    String name() {
        return url.getRawAuthority();
    }

    URI resolve(ServiceRequest request) {
        String base = url.toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + request.pathAndQuery());
    }

    /** The text without the values of our headers, and without what follows a scheme in one, whoever put them there. */
    String withoutSecrets(String text) {
        String clean = text;
        for (String value : headers.values()) {
            clean = clean.replace(value, "…").replace(value.substring(value.lastIndexOf(' ') + 1), "…");
        }
        return clean;
    }

    @Override
    public String toString() {
        return "WebService[%s]".formatted(url);
    }
}
