package seeded.query;

import reactor.core.publisher.Mono;

/** Breaks a rule on purpose. */
final class Blocks {

    String wait(Mono<String> mono) {
        return mono.block();
    }
}
