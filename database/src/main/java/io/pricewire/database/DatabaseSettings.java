package io.pricewire.database;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the database is, and how many connections are made to it.
 *
 * @param url {@code postgresql://user:password@host:port/database?sslmode=require}; where it is set, it alone counts;
 *     {@code sslrootcert=FILE} names whom {@code verify-ca} and {@code verify-full} trust
 * @param host where there is no URL
 * @param port where there is no URL
 * @param user where there is no URL
 * @param password where there is no URL; empty for a server that asks for none
 * @param name of the database, where there is no URL
 * @param poolSize the most connections at a time, 1 to 1,000
 */
@ConfigurationProperties("pricewire.database")
public record DatabaseSettings(
        @DefaultValue("") String url,
        @DefaultValue("localhost") String host,
        @DefaultValue("5432") int port,
        @DefaultValue("pricewire") String user,
        @DefaultValue("pricewire") String password,
        @DefaultValue("pricewire") String name,
        @DefaultValue("10") int poolSize) {

    private static final int LARGEST_POOL = 1_000;
    private static final int DEFAULT_PORT = 5432;
    private static final int HIGHEST_PORT = 65_535;
    /** Host and port of a URL; {@link URI} itself takes no host with an underscore, as containers have them. */
    private static final Pattern HOST_AND_PORT = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[\\w.-]+)(?::(\\d{1,5}))?");

    private static final Set<String> SSL_MODES =
            Set.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

    public DatabaseSettings {
        if (poolSize < 1 || poolSize > LARGEST_POOL) {
            throw new IllegalArgumentException(
                    "DATABASE_POOL_SIZE is %d; it takes 1 to %d".formatted(poolSize, LARGEST_POOL));
        }
        if (port < 1 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException("POSTGRES_PORT is %d; it takes 1 to %d".formatted(port, HIGHEST_PORT));
        }
        if (!url.isEmpty()) {
            parse(url);
        }
    }

    /** What all settings together say of one database. */
    public Target target() {
        return url.isEmpty() ? new Target(host, port, user, password, name, "prefer", "") : parse(url);
    }

    /** Without the password. */
    @Override
    public String toString() {
        Target target = target();
        return "%s@%s:%d/%s".formatted(target.user(), target.host(), target.port(), target.database());
    }

    private static Target parse(String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw refusal();
        }
        String path = uri.getRawPath();
        String authority = uri.getRawAuthority();
        boolean isPostgres = "postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme());
        int at = authority == null ? -1 : authority.lastIndexOf('@');
        if (!isPostgres || authority == null || at < 0 || path == null || path.length() < 2) {
            throw refusal();
        }
        Matcher server = HOST_AND_PORT.matcher(authority.substring(at + 1));
        if (!server.matches()) {
            throw refusal();
        }
        String[] user = authority.substring(0, at).split(":", 2);
        return new Target(
                server.group(1),
                server.group(2) == null ? DEFAULT_PORT : port(server.group(2)),
                decode(user[0]),
                user.length < 2 ? "" : decode(user[1]),
                decode(path.substring(1)),
                sslMode(uri.getRawQuery()),
                parameter(uri.getRawQuery(), "sslrootcert", ""));
    }

    private static int port(String digits) {
        int port = Integer.parseInt(digits);
        if (port < 1 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException(
                    "the port in DATABASE_URL is %d; it takes 1 to %d".formatted(port, HIGHEST_PORT));
        }
        return port;
    }

    private static String sslMode(@Nullable String query) {
        String mode = parameter(query, "sslmode", "prefer");
        if (!SSL_MODES.contains(mode)) {
            throw new IllegalArgumentException(
                    "the sslmode in DATABASE_URL is \"%s\"; it takes one of %s".formatted(mode, SSL_MODES));
        }
        return mode;
    }

    private static String parameter(@Nullable String query, String name, String otherwise) {
        return Arrays.stream(query == null ? new String[0] : query.split("&"))
                .filter(parameter -> parameter.toLowerCase(Locale.ROOT).startsWith(name + "="))
                .map(parameter -> decode(parameter.substring(name.length() + 1)))
                .findFirst()
                .orElse(otherwise);
    }

    /** The URL is not repeated: it has a password in it. */
    private static IllegalArgumentException refusal() {
        return new IllegalArgumentException(
                "DATABASE_URL is not of the form postgresql://user:password@host:port/database?sslmode=require");
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /**
     * One database, and who asks.
     *
     * @param sslMode libpq's: {@code disable}, {@code allow}, {@code prefer}, {@code require}, {@code verify-ca} or
     *     {@code verify-full}
     * @param sslRootCert the file of certificates that the server's is checked against; empty for the drivers' own
     */
    public record Target(
            String host, int port, String user, String password, String database, String sslMode, String sslRootCert) {

        /** For JDBC; user and password are given apart. */
        public String jdbcUrl() {
            String url = "jdbc:postgresql://%s:%d/%s?sslmode=%s".formatted(host, port, database, sslMode);
            return sslRootCert.isEmpty()
                    ? url
                    : "%s&sslrootcert=%s".formatted(url, URLEncoder.encode(sslRootCert, StandardCharsets.UTF_8));
        }

        /** Without the password. */
        @Override
        public String toString() {
            return "%s@%s:%d/%s".formatted(user, host, port, database);
        }
    }
}
