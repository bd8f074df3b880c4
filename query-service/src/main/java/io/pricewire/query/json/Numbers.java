package io.pricewire.query.json;

import io.pricewire.query.parameter.Arguments;
import io.pricewire.query.parameter.Parameter;
import java.util.List;

/** How decimals stand in JSON; the digits are the same. */
public enum Numbers {
    NUMBER,
    STRING;

    /** Says how decimals are to stand in the answer. */
    public static final Parameter<String> PARAMETER = Parameter.choice(
            "numbers",
            "Whether decimals are JSON numbers (number, unless given) or strings of the same digits.",
            List.of("number", "string"));

    public static Numbers of(Arguments arguments) {
        return arguments.get(PARAMETER, "number").equals("string") ? STRING : NUMBER;
    }
}
