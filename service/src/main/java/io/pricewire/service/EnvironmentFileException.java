package io.pricewire.service;

/** A {@code .env} that cannot be read; the message names file and line. */
final class EnvironmentFileException extends RuntimeException {

    EnvironmentFileException(String message) {
        super(message);
    }
}
