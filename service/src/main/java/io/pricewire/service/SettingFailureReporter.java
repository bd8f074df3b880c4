package io.pricewire.service;

import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Says in one line, on the standard error output, which setting stopped the service. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class SettingFailureReporter implements SpringBootExceptionReporter {

    @Override
    public boolean reportException(Throwable failure) {
        String description = SettingFailure.describe(failure);
        if (description == null) {
            return false;
        }
        System.err.println(description);
        return true;
    }
}
