package io.pricewire.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pricewire.database.DatabaseSettings.Target;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class DatabaseSettingsTest {

    @Test
    void hasTheContractsDefaults() {
        assertThat(bind(Map.of()).target())
                .isEqualTo(new Target("localhost", 5432, "pricewire", "pricewire", "pricewire", "prefer", ""));
    }

    @Test
    void readsAUrl() {
        assertThat(target("postgresql://me:secret@db.example:6543/prices?sslmode=verify-full"))
                .isEqualTo(new Target("db.example", 6543, "me", "secret", "prices", "verify-full", ""));
    }

    @Test
    void takesTheShortSchemeAndTheUsualPort() {
        assertThat(target("postgres://me:secret@db.example/prices"))
                .isEqualTo(new Target("db.example", 5432, "me", "secret", "prices", "prefer", ""));
    }

    @Test
    void decodesWhatIsEncoded() {
        assertThat(target("postgresql://a%40b:p%2Fw+d%25@db/prices").password()).isEqualTo("p/w+d%");
    }

    @Test
    void namesWhomToTrustForBothDrivers() {
        Target target = target("postgresql://me:secret@db/prices?sslmode=verify-full&sslrootcert=/etc/a%20ca.pem");

        assertThat(target.sslRootCert()).isEqualTo("/etc/a ca.pem");
        assertThat(target.jdbcUrl())
                .isEqualTo("jdbc:postgresql://db:5432/prices?sslmode=verify-full&sslrootcert=%2Fetc%2Fa+ca.pem");
    }

    @Test
    void prefersTheUrlToItsParts() {
        Target target = bind(Map.of("host", "elsewhere", "url", "postgresql://me:secret@db/prices"))
                .target();

        assertThat(target.host()).isEqualTo("db");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"db", "mysql://me:secret@db/prices", "postgresql://db/prices", "postgresql://me:secret@db", "::"
            })
    void refusesWhatIsNoUrlOfADatabaseAndDoesNotRepeatIt(String url) {
        assertThatThrownBy(() -> bind(Map.of("url", url)))
                .rootCause()
                .hasMessage(
                        "DATABASE_URL is not of the form postgresql://user:password@host:port/database?sslmode=require");
    }

    @Test
    void refusesAnUnknownSslMode() {
        assertThatThrownBy(() -> target("postgresql://me:secret@db/prices?sslmode=maybe"))
                .rootCause()
                .hasMessageContaining("the sslmode in DATABASE_URL is \"maybe\"");
    }

    @Test
    void refusesAnEmptyPool() {
        assertThatThrownBy(() -> bind(Map.of("pool-size", "0")))
                .rootCause()
                .hasMessage("DATABASE_POOL_SIZE is 0; it takes 1 to 1000");
    }

    @Test
    void showsNoPassword() {
        DatabaseSettings settings = bind(Map.of("url", "postgresql://me:secret@db/prices"));

        assertThat(settings.toString() + settings.target()).doesNotContain("secret");
    }

    private static Target target(String url) {
        return bind(Map.of("url", url)).target();
    }

    private static DatabaseSettings bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("", DatabaseSettings.class);
    }
}
