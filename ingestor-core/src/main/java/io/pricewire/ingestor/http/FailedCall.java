package io.pricewire.ingestor.http;

import io.netty.handler.codec.DecoderException;
import io.pricewire.ingestor.SourceException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;

/** One call that failed. Its message goes on where the service's name leaves off: "answered 429". */
final class FailedCall extends RuntimeException {

    private static final int PAYMENT_REQUIRED = 402;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;

    /** Who refuses us is believed no longer than this at a time. */
    private static final Duration LONGEST_REFUSAL = Duration.ofHours(1);

    private final SourceException.Kind kind;
    private final boolean mayPass;
    private final @Nullable Duration retryAfter;

    private FailedCall(
            SourceException.Kind kind,
            String reason,
            boolean mayPass,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        super(reason, cause);
        this.kind = kind;
        this.mayPass = mayPass;
        this.retryAfter = retryAfter;
    }

    /** The service is not asked, because most of the last calls failed. */
    static FailedCall notMade(Duration pause, String lastReason) {
        String reason = "is left alone for %s, because most of the last calls failed; at last it %s"
                .formatted(inWords(pause), lastReason);
        return new FailedCall(SourceException.Kind.UNAVAILABLE, reason, false, pause, null);
    }

    /** The service is not asked, because it allows no more calls. */
    static FailedCall usedUp(Duration renewedAfter) {
        return new FailedCall(
                SourceException.Kind.NOT_ALLOWED,
                "is not asked: all the calls are made that it allows in a month",
                false,
                renewedAfter,
                null);
    }

    /** The service is not asked, because it could not be within its limit for a minute before so long. */
    static FailedCall notInTime(Duration longestWait) {
        String reason = "is not asked: it allows so few calls a minute that this one would wait longer than %s"
                .formatted(inWords(longestWait));
        return new FailedCall(SourceException.Kind.RATE_LIMITED, reason, false, null, null);
    }

    /** The service answered that it does not do what it was asked for. */
    static FailedCall of(HttpStatusCode status, HttpHeaders headers, String body, WebService service, Instant now) {
        if (status.is3xxRedirection()) {
            String target = headers.getFirst(HttpHeaders.LOCATION);
            String reason = "redirects to %s, where it is not followed"
                    .formatted(
                            target == null
                                    ? "nowhere"
                                    : said(service.withoutSecrets(target).replaceAll("\\?.*", ""), service));
            return new FailedCall(SourceException.Kind.UNAVAILABLE, reason, false, null, null);
        }
        String said = ErrorText.of(service.withoutSecrets(body));
        Duration retryAfter = RetryAfter.read(headers.getFirst(HttpHeaders.RETRY_AFTER), now);
        String answered = "answered %d%s".formatted(status.value(), said.isEmpty() ? "" : ": " + said);
        if (status.value() == PAYMENT_REQUIRED) {
            ZonedDateTime renewal = nextMonth(now);
            return new FailedCall(
                    SourceException.Kind.NOT_ALLOWED,
                    "%s (the plan or its quota; it is asked again on %s)".formatted(answered, renewal.toLocalDate()),
                    false,
                    Duration.between(now, renewal),
                    null);
        }
        String reason = retryAfter == null
                ? answered
                : "%s (it asks to be left alone for %s)".formatted(answered, inWords(retryAfter));
        if (status.value() == TOO_MANY_REQUESTS) {
            return new FailedCall(SourceException.Kind.RATE_LIMITED, reason, true, retryAfter, null);
        }
        return status.is5xxServerError() || status.value() == REQUEST_TIMEOUT
                ? new FailedCall(SourceException.Kind.UNAVAILABLE, reason, true, retryAfter, null)
                : new FailedCall(SourceException.Kind.NOT_ALLOWED, reason, false, bounded(retryAfter), null);
    }

    /** Quotas are of calendar months. */
    private static ZonedDateTime nextMonth(Instant now) {
        return now.atZone(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS).with(TemporalAdjusters.firstDayOfNextMonth());
    }

    private static @Nullable Duration bounded(@Nullable Duration asked) {
        return asked == null || asked.compareTo(LONGEST_REFUSAL) <= 0 ? asked : LONGEST_REFUSAL;
    }

    /**
     * No answer came, or none that can be understood.
     *
     * @param hasBegun whether an answer had begun to come
     */
    static FailedCall of(Throwable failure, boolean hasBegun, WebService service, HttpSettings settings) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            FailedCall known = known(cause, hasBegun, service, settings);
            if (known != null) {
                return known;
            }
        }
        String reason = hasBegun ? "broke off its answer" : "cannot be reached";
        return unavailable("%s: %s".formatted(reason, said(failure.getMessage(), service)), failure);
    }

    /** Secrets go before the text is cut: half of one could not be told afterwards. */
    private static String said(@Nullable String text, WebService service) {
        return ErrorText.inOneLine(service.withoutSecrets(String.valueOf(text)));
    }

    private static @Nullable FailedCall known(
            Throwable cause, boolean hasBegun, WebService service, HttpSettings settings) {
        String timeout = inWords(settings.requestTimeout());
        return switch (cause) {
            case FailedCall failed -> failed;
            case UnreadableAnswerException unreadable ->
                unreadable(String.valueOf(unreadable.getMessage()), true, cause);
            case TimeoutException late ->
                unavailable(
                        (hasBegun ? "began to answer, and did not end within " : "did not answer within ") + timeout,
                        cause);
            case DataBufferLimitException tooLarge ->
                unreadable("answered with more than %s".formatted(settings.maxResponseSize()), false, cause);
            case UnknownHostException unknown -> unavailable("cannot be found: nobody knows its name", cause);
            case ConnectException refused -> unavailable("cannot be reached: nobody answers there", cause);
            case SSLException untrusted ->
                unavailable("cannot be trusted: " + said(untrusted.getMessage(), service), cause);
            case DecoderException broken -> unreadable("answered with something that cannot be unpacked", true, cause);
            default -> null;
        };
    }

    private static FailedCall unavailable(String reason, Throwable cause) {
        return new FailedCall(SourceException.Kind.UNAVAILABLE, reason, true, null, cause);
    }

    private static FailedCall unreadable(String reason, boolean mayPass, Throwable cause) {
        return new FailedCall(SourceException.Kind.UNREADABLE, reason, mayPass, null, cause);
    }

    /** Whether the same call may succeed a little later. */
    boolean mayPass() {
        return mayPass;
    }

    /** Whether it tells that the service is ill; one that says no is not. */
    boolean isOfTheService() {
        return kind == SourceException.Kind.UNAVAILABLE || kind == SourceException.Kind.UNREADABLE;
    }

    @Nullable Duration retryAfter() {
        return retryAfter;
    }

    String reason() {
        return String.valueOf(getMessage());
    }

    SourceException toSourceException(WebService service) {
        return new SourceException(
                kind, service.withoutSecrets("%s %s".formatted(service.name(), reason())), retryAfter, this);
    }

    private static String inWords(Duration duration) {
        return duration.toMillisPart() == 0
                ? "%d s".formatted(duration.toSeconds())
                : "%d ms".formatted(duration.toMillis());
    }
}
