package io.pricewire.service;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which Pricewire this is, as the build says. */
public final class Version {

    private static final String FILE = "version.properties";

    private Version() {}

    /** {@code 0.1.0}. */
    public static String current() {
        Properties properties = new Properties();
        try (InputStream file = Version.class.getResourceAsStream(FILE)) {
            properties.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }
}
