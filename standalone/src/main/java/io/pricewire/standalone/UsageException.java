package io.pricewire.standalone;

/** Something that the user can mend; the message says how. */
final class UsageException extends RuntimeException {

    UsageException(String message) {
        super(message);
    }
}
