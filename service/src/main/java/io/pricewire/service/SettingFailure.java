package io.pricewire.service;

import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.util.ClassUtils;

/**
 * What is wrong with a setting, said to the person who has set it: the variable, what it got and what it takes. Passwords
 * and keys are not repeated.
 */
public final class SettingFailure {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)(?::.*)?}", Pattern.DOTALL);
    private static final Pattern PROPERTY = Pattern.compile("^pricewire\\.[a-z0-9.\\[\\]-]+");
    private static final Pattern SECRET = Pattern.compile("key|password|secret|token", Pattern.CASE_INSENSITIVE);
    private static final Map<Class<?>, String> ACCEPTED = Map.of(
            Boolean.class, "true or false",
            Integer.class, "a whole number",
            Long.class, "a whole number",
            BigDecimal.class, "a number",
            Duration.class, "seconds, or a number with ms, s, m, h or d",
            Instant.class, "a time like 2026-11-21T07:00:00Z",
            InetAddress.class, "an address or the name of a host",
            URI.class, "an address like https://host/path");

    private SettingFailure() {}

    /** What is wrong, in one line; null where it is no setting that stopped the service. */
    public static @Nullable String describe(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof EnvironmentFileException) {
                return cause.getMessage();
            }
            if (cause instanceof BindException refused) {
                return describe(refused);
            }
        }
        return null;
    }

    private static @Nullable String describe(BindException refused) {
        Throwable root = refused;
        for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConversionFailedException conversion && refused.getProperty() != null) {
                return describe(refused.getProperty(), conversion);
            }
            root = cause;
        }
        return root instanceof IllegalArgumentException && root.getMessage() != null
                ? withVariable(root.getMessage())
                : null;
    }

    private static String describe(ConfigurationProperty property, ConversionFailedException conversion) {
        String name = property.getName().toString();
        return "%s is \"%s\"; it takes %s"
                .formatted(
                        withVariable(name, variableOf(property)),
                        masked(name, String.valueOf(conversion.getValue())),
                        accepted(conversion.getTargetType().getType()));
    }

    /** What a settings record refuses it names by the variable, or by the property where that is all there is. */
    private static String withVariable(String message) {
        return PROPERTY.matcher(message)
                .replaceFirst(found ->
                        Matcher.quoteReplacement(withVariable(found.group(), SettingFailure.variable(found.group()))));
    }

    private static String withVariable(String property, String variable) {
        return "%s (%s)".formatted(variable, property);
    }

    /** The one that the service's defaults map to the property, where it is the one that was used. */
    private static String variableOf(ConfigurationProperty property) {
        Matcher mapped = PLACEHOLDER.matcher(String.valueOf(property.getValue()));
        return mapped.matches() ? mapped.group(1) : variable(property.getName().toString());
    }

    private static String variable(String property) {
        return property.replaceAll("[.\\[]", "_").replaceAll("[]-]", "").toUpperCase(Locale.ROOT);
    }

    private static String masked(String name, String value) {
        return SECRET.matcher(name).find() ? "***" : value.replaceFirst("//([^:@/]*):[^@/]*@", "//$1:***@");
    }

    private static String accepted(Class<?> type) {
        return type.isEnum()
                ? Arrays.stream(type.getEnumConstants())
                        .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", ", "one of ", ""))
                : ACCEPTED.getOrDefault(
                        ClassUtils.resolvePrimitiveIfNecessary(type), "what makes a " + type.getSimpleName());
    }
}
