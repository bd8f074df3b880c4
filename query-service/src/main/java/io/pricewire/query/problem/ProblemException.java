package io.pricewire.query.problem;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** Ends a request with a problem document. */
public final class ProblemException extends RuntimeException {

    private final HttpStatus status;
    private final String type;
    private final List<ParameterError> errors;
    private final HttpHeaders headers;

    private ProblemException(
            HttpStatus status, String type, String detail, List<ParameterError> errors, Map<String, String> headers) {
        super(detail, null, false, false);
        this.status = status;
        this.type = type;
        this.errors = List.copyOf(errors);
        this.headers = new HttpHeaders();
        headers.forEach(this.headers::set);
    }

    /** Something that was asked for does not exist. */
    public static ProblemException notFound(String detail) {
        return new ProblemException(HttpStatus.NOT_FOUND, "not-found", detail, List.of(), Map.of());
    }

    /** Parameters that cannot be accepted, all of them. */
    public static ProblemException badParameters(List<ParameterError> errors) {
        String detail = errors.size() == 1
                ? "%s: %s"
                        .formatted(
                                errors.getFirst().parameter(), errors.getFirst().detail())
                : "%d parameters cannot be accepted".formatted(errors.size());
        return new ProblemException(HttpStatus.BAD_REQUEST, "bad-parameters", detail, errors, Map.of());
    }

    /** The path is there, and takes other methods than the one that was used. */
    public static ProblemException methodNotAllowed(String allowed) {
        return new ProblemException(
                HttpStatus.METHOD_NOT_ALLOWED,
                "method-not-allowed",
                "it takes " + allowed,
                List.of(),
                Map.of(HttpHeaders.ALLOW, allowed));
    }

    /** Who asks has to say who it is. */
    public static ProblemException unauthorized(String detail) {
        return new ProblemException(
                HttpStatus.UNAUTHORIZED,
                "unauthorized",
                detail,
                List.of(),
                Map.of(HttpHeaders.WWW_AUTHENTICATE, "Bearer"));
    }

    /** It is understood, and not allowed to whoever asks. */
    public static ProblemException forbidden(String detail) {
        return new ProblemException(HttpStatus.FORBIDDEN, "forbidden", detail, List.of(), Map.of());
    }

    /** What was asked for is not possible as things are. */
    public static ProblemException conflict(String detail) {
        return new ProblemException(HttpStatus.CONFLICT, "conflict", detail, List.of(), Map.of());
    }

    /** It cannot be answered now, and may well be later. */
    public static ProblemException unavailable(String detail, Duration retryAfter) {
        return new ProblemException(
                HttpStatus.SERVICE_UNAVAILABLE,
                "unavailable",
                detail,
                List.of(),
                Map.of(HttpHeaders.RETRY_AFTER, String.valueOf(retryAfter.toSeconds())));
    }

    public HttpStatus status() {
        return status;
    }

    String type() {
        return type;
    }

    List<ParameterError> errors() {
        return errors;
    }

    /** What the answer says besides the document. */
    HttpHeaders headers() {
        return headers;
    }

    /**
     * A parameter that cannot be accepted.
     *
     * @param parameter its name
     * @param detail what was found and what is accepted
     */
    public record ParameterError(String parameter, String detail) {}
}
