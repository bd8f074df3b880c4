package io.pricewire.ingestor.http;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.core.functions.Either;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.RequestNotPermitted;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import io.github.resilience4j.reactor.ratelimiter.operator.RateLimiterOperator;
import io.github.resilience4j.reactor.retry.RetryOperator;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.pricewire.ingestor.Calls;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * What stands between us and one service: calls that succeed are spaced, all are spread over the service's minute so
 * that none is made beyond what it allows, those that fail in a way that may pass are made again, and a service that is ill is left alone for a while. Calls
 * are to be made one after the other.
 */
final class Safeguards {

    /** A call waits so long at most for its turn. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    private final HttpSettings settings;
    private final Retry retry;
    private final CircuitBreaker breaker;
    private final @Nullable RateLimiter limiter;
    private volatile long nextCallAt;
    private volatile String lastReason = "";

    /** @param callsPerMinute the most that the service allows; 0 where it sets no bound */
    Safeguards(String service, HttpSettings settings, int callsPerMinute) {
        this.settings = settings;
        this.retry = Retry.of(service, retryConfig(settings));
        this.breaker = CircuitBreaker.of(service, breakerConfig(settings));
        this.limiter = callsPerMinute == 0 ? null : RateLimiter.of(service, limiterConfig(callsPerMinute));
    }

    /** The call with all of this around it, counted each time that it is made; it fails with {@link FailedCall} only. */
    <T> Mono<T> around(Mono<T> call, Calls calls) {
        return Mono.defer(() -> {
            AtomicBoolean isRepeated = new AtomicBoolean();
            Mono<T> counted = Mono.defer(() -> {
                if (calls.areUsedUp()) {
                    return Mono.error(FailedCall.usedUp(calls.renewedAfter()));
                }
                count(calls, isRepeated.getAndSet(true));
                return call;
            });
            return inItsTime(limited(watched(counted))).transformDeferred(RetryOperator.of(retry));
        });
    }

    private <T> Mono<T> watched(Mono<T> call) {
        return call.doOnSuccess(
                        answer -> nextCallAt = now() + settings.requestDelay().toNanos())
                .doOnError(FailedCall.class, failure -> lastReason = failure.reason())
                .transformDeferred(CircuitBreakerOperator.of(breaker))
                .onErrorMap(
                        CallNotPermittedException.class,
                        notPermitted -> FailedCall.notMade(settings.breakerPause(), lastReason));
    }

    private <T> Mono<T> limited(Mono<T> call) {
        return limiter == null
                ? call
                : call.transformDeferred(RateLimiterOperator.of(limiter))
                        .onErrorMap(RequestNotPermitted.class, notPermitted -> FailedCall.notInTime(LONGEST_WAIT));
    }

    private <T> Mono<T> inItsTime(Mono<T> call) {
        return Mono.defer(() -> {
            long wait = nextCallAt - now();
            return nextCallAt == 0 || wait <= 0
                    ? call
                    : Mono.delay(Duration.ofNanos(wait)).then(call);
        });
    }

    private static long now() {
        return Schedulers.parallel().now(TimeUnit.NANOSECONDS);
    }

    private static void count(Calls calls, boolean isRepeated) {
        if (isRepeated) {
            calls.addRepeated();
        } else {
            calls.add();
        }
    }

    private static RetryConfig retryConfig(HttpSettings settings) {
        IntervalFunction backoff = IntervalFunction.ofExponentialRandomBackoff(
                settings.initialRetryDelay().toMillis(),
                2,
                0.5,
                settings.maxRetryDelay().toMillis());
        return RetryConfig.custom()
                .maxAttempts(1 + settings.maxRetries())
                .retryOnException(failure -> failure instanceof FailedCall failed && isMadeAgain(failed, settings))
                .intervalBiFunction((attempt, outcome) -> retryAfter(outcome, backoff.apply(attempt)))
                .build();
    }

    private static boolean isMadeAgain(FailedCall failed, HttpSettings settings) {
        Duration asked = failed.retryAfter();
        return failed.mayPass() && (asked == null || asked.compareTo(settings.longestRetryAfter()) <= 0);
    }

    /** What the service asks for wins, also where it is less. */
    private static long retryAfter(Either<Throwable, Object> outcome, long backoffMillis) {
        Duration asked =
                outcome.isLeft() && outcome.getLeft() instanceof FailedCall failed ? failed.retryAfter() : null;
        return asked == null ? backoffMillis : asked.toMillis();
    }

    private static CircuitBreakerConfig breakerConfig(HttpSettings settings) {
        return CircuitBreakerConfig.custom()
                .slidingWindowSize(settings.breakerCalls())
                .minimumNumberOfCalls(settings.breakerCalls())
                .failureRateThreshold(settings.breakerFailurePercent())
                .waitDurationInOpenState(settings.breakerPause())
                .permittedNumberOfCallsInHalfOpenState(1)
                .recordException(failure -> failure instanceof FailedCall failed && failed.isOfTheService())
                .build();
    }

    private static RateLimiterConfig limiterConfig(int callsPerMinute) {
        return RateLimiterConfig.custom()
                .limitForPeriod(1)
                .limitRefreshPeriod(Duration.ofMinutes(1).dividedBy(callsPerMinute))
                .timeoutDuration(LONGEST_WAIT)
                .build();
    }
}
