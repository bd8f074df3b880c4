package io.pricewire.query.parameter;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The values of the parameters of one request. */
public final class Arguments {

    private final Map<Parameter<?>, Object> values;

    Arguments(Map<Parameter<?>, Object> values) {
        this.values = values;
    }

    /** The value; null where it was not given. */
    @SuppressWarnings("unchecked") // a parameter's value is what the parameter has read
    public <T> @Nullable T find(Parameter<T> parameter) {
        return (T) values.get(parameter);
    }

    /** The value, or this one where it was not given. */
    public <T> T get(Parameter<T> parameter, T otherwise) {
        return Objects.requireNonNullElse(find(parameter), otherwise);
    }

    public boolean has(Parameter<?> parameter) {
        return values.containsKey(parameter);
    }
}
