package io.pricewire.query.problem;

import io.pricewire.query.request.RequestId;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Answers every failure with a problem document. What was not foreseen is logged, and not told to the client. */
public final class Problems implements WebExceptionHandler, Ordered {

    private static final Logger log = LoggerFactory.getLogger(Problems.class);
    private static final String TYPE = "urn:pricewire:problem:";

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final JsonMapper json;

    public Problems(JsonMapper json) {
        this.json = json;
    }

    /** Before Spring Boot's own, which writes documents of another kind. */
    @Override
    public int getOrder() {
        return -2;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable thrown) {
        ServerHttpResponse response = exchange.getResponse();
        if (response.isCommitted()) {
            return Mono.error(thrown);
        }
        Throwable failure = unlessSomethingIsAway(exchange, thrown);
        Problem problem = describe(exchange, failure);
        response.setRawStatusCode(problem.status());
        headers(failure).forEach(response.getHeaders()::put);
        response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        response.getHeaders().setCacheControl("no-store");
        DataBuffer body = response.bufferFactory().wrap(json.writeValueAsBytes(problem));
        return response.writeWith(Mono.just(body));
    }

    private static Throwable unlessSomethingIsAway(ServerWebExchange exchange, Throwable failure) {
        return switch (failure) {
            case DataAccessResourceFailureException away ->
                unavailable(exchange, "the database is not answering", away);
            case TransientDataAccessException away -> unavailable(exchange, "the database is not answering", away);
            case TimeoutException late -> unavailable(exchange, "the answer took too long to put together", late);
            default -> failure;
        };
    }

    private static ProblemException unavailable(ServerWebExchange exchange, String detail, Exception failure) {
        log.warn("{} request_id={} reason={}", detail, RequestId.of(exchange), failure.toString());
        return ProblemException.unavailable(detail, RETRY_AFTER);
    }

    /** What the answer says besides the document. */
    private static HttpHeaders headers(Throwable failure) {
        return switch (failure) {
            case ProblemException foreseen -> foreseen.headers();
            case ErrorResponse spring -> spring.getHeaders();
            default -> HttpHeaders.EMPTY;
        };
    }

    private static Problem describe(ServerWebExchange exchange, Throwable failure) {
        return switch (failure) {
            case ProblemException foreseen ->
                problem(
                        exchange,
                        foreseen.status(),
                        foreseen.type(),
                        String.valueOf(foreseen.getMessage()),
                        foreseen.errors().isEmpty() ? null : foreseen.errors());
            case ErrorResponse spring ->
                problem(
                        exchange,
                        spring.getStatusCode(),
                        slug(spring.getStatusCode()),
                        detail(spring.getStatusCode(), exchange),
                        null);
            default -> unforeseen(exchange, failure);
        };
    }

    private static Problem unforeseen(ServerWebExchange exchange, Throwable failure) {
        log.error(
                "a request failed request_id={} path={} reason={}",
                RequestId.of(exchange),
                exchange.getRequest().getPath(),
                failure.toString(),
                failure);
        return problem(
                exchange,
                HttpStatus.INTERNAL_SERVER_ERROR,
                "internal-error",
                "something went wrong that is not your fault; the log has it under the request id",
                null);
    }

    private static Problem problem(
            ServerWebExchange exchange,
            HttpStatusCode status,
            String type,
            String detail,
            @Nullable List<ProblemException.ParameterError> errors) {
        HttpStatus known = HttpStatus.resolve(status.value());
        return new Problem(
                TYPE + type,
                known == null ? "HTTP " + status.value() : known.getReasonPhrase(),
                status.value(),
                detail,
                exchange.getRequest().getPath().value(),
                RequestId.of(exchange),
                errors);
    }

    private static String detail(HttpStatusCode status, ServerWebExchange exchange) {
        String path = exchange.getRequest().getPath().value();
        return switch (status.value()) {
            case 404 -> "there is nothing at " + path;
            case 405 ->
                "%s does not take %s".formatted(path, exchange.getRequest().getMethod());
            case 406 -> "none of the media types that are accepted can be made";
            case 415 -> "the media type of the request's body cannot be read";
            default -> "the request cannot be handled";
        };
    }

    private static String slug(HttpStatusCode status) {
        HttpStatus known = HttpStatus.resolve(status.value());
        return known == null
                ? "http-" + status.value()
                : known.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
