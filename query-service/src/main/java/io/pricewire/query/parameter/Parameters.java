package io.pricewire.query.parameter;

import io.pricewire.query.problem.ProblemException;
import io.pricewire.query.problem.ProblemException.ParameterError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/** All parameters of a route. What is not declared here is refused, and so is what comes twice. */
public final class Parameters {

    private final Map<String, Parameter<?>> declared = new LinkedHashMap<>();

    private Parameters(Stream<Parameter<?>> parameters) {
        parameters.forEach(parameter -> declared.put(parameter.name(), parameter));
    }

    public static Parameters of(Parameter<?>... parameters) {
        return new Parameters(Stream.of(parameters));
    }

    /** These and others. */
    public Parameters and(Parameters others) {
        return new Parameters(Stream.concat(all().stream(), others.all().stream()));
    }

    public List<Parameter<?>> all() {
        return List.copyOf(declared.values());
    }

    /**
     * Reads the parameters of a request.
     *
     * @throws ProblemException that names each parameter which cannot be accepted
     */
    public Arguments read(MultiValueMap<String, String> query) {
        Map<Parameter<?>, Object> values = new HashMap<>();
        List<ParameterError> errors = new ArrayList<>();
        query.forEach((name, texts) -> {
            Parameter<?> parameter = declared.get(name);
            if (parameter == null) {
                errors.add(new ParameterError(
                        name, "it is not known here; known are " + String.join(", ", declared.keySet())));
            } else if (texts.size() > 1) {
                errors.add(new ParameterError(name, "it is given %d times; it takes one".formatted(texts.size())));
            } else {
                try {
                    values.put(parameter, read(parameter, texts.getFirst()));
                } catch (IllegalArgumentException e) {
                    errors.add(new ParameterError(name, String.valueOf(e.getMessage())));
                }
            }
        });
        if (!errors.isEmpty()) {
            throw ProblemException.badParameters(errors);
        }
        return new Arguments(values);
    }

    private static Object read(Parameter<?> parameter, @Nullable String given) {
        String text = given == null ? "" : given;
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("it has the character U+0000, which nothing here bears");
        }
        return parameter.read().apply(text);
    }
}
