package io.pricewire.query.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.pricewire.query.problem.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import reactor.core.Disposable;

class AccessTest {

    private static final String ADMIN = "an admin's key, random";
    private static final String READER = "reader";
    private static final String HASH_OF_READER = "3d0941964aa3ebdcb00ccef58b1bb399f9f898465e9886d5aec7f31090a0fb30";
    private static final String READERS = "reader:read:" + HASH_OF_READER;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "GET, , 401",
        "GET, nobody, 401",
        "GET, reader, 200",
        "HEAD, reader, 200",
        "POST, reader, 403",
        "PUT, reader, 403",
        "POST, , 401"
    })
    void letsEachKeyDoWhatItsRoleMay(HttpMethod method, @Nullable String key, int status) {
        assertThat(answer(access(ADMIN, READERS, "", "0.0.0.0"), method, "/api/v1/prices", "X-API-Key", key))
                .isEqualTo(status);
    }

    @Test
    void letsTheOneKeyDoEverythingAlsoAsABearerToken() {
        assertThat(answer(
                        access(ADMIN, "", "", ""),
                        HttpMethod.POST,
                        "/api/v1/ingest/all",
                        "Authorization",
                        "bearer " + ADMIN))
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, '', POST, 200",
        "::1, '', POST, 200",
        "0.0.0.0, '', GET, 401",
        "'', '', GET, 401",
        "0.0.0.0, read, GET, 200",
        "0.0.0.0, read, POST, 401",
        "0.0.0.0, admin, POST, 200",
        "127.0.0.1, none, GET, 401"
    })
    void decidesWhereNoKeyIsConfiguredWhatAnyoneMayDo(String address, String anonymous, HttpMethod method, int status) {
        assertThat(answer(access("", "", anonymous, address), method, "/api/v1/prices", "X-API-Key", null))
                .isEqualTo(status);
    }

    @Test
    void asksForAKeyAlsoOnThisMachineWhereOneIsConfigured() {
        assertThat(answer(access(ADMIN, "", "read", "127.0.0.1"), HttpMethod.GET, "/api/v1/prices", "X-API-Key", null))
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/actuator/health/readiness", "/actuator/prometheus"})
    void keepsProbesMetricsAndThePageOpen(String path) {
        assertThat(answer(access(ADMIN, "", "", ""), HttpMethod.GET, path, "X-API-Key", null))
                .isEqualTo(200);
    }

    @Test
    void letsTheServiceReadOfItselfAndNothingElse() {
        KeyRing keys = new KeyRing(() -> new Keys(Map.of()).with(ADMIN, Role.ADMIN));
        Access access = new Access(keys, Role.NONE);

        assertThat(answer(access, HttpMethod.GET, "/api/v1/stream/prices", "X-API-Key", keys.own()))
                .isEqualTo(200);
        assertThat(answer(access, HttpMethod.POST, "/api/v1/ingest/all", "X-API-Key", keys.own()))
                .isEqualTo(403);
    }

    @Test
    void readsAFileOfKeysAgainWhenItChangesAndKeepsThemWhereItIsMalformed() throws Exception {
        Path file = Files.writeString(folder.resolve("keys"), READERS + "\n");
        KeyFile keys = new KeyFile(file.toString());
        Disposable watching = keys.watch().subscribe();

        assertThat(keys.keys().roleOf(READER)).isEqualTo(Role.READ);
        Files.writeString(file, "reader:admin:" + HASH_OF_READER);
        await().atMost(Duration.ofSeconds(30)).until(() -> keys.keys().roleOf(READER) == Role.ADMIN);
        Files.writeString(file, "garbage");
        await().during(Duration.ofSeconds(3))
                .atMost(Duration.ofSeconds(30))
                .until(() -> keys.keys().roleOf(READER) == Role.ADMIN);

        watching.dispose();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secret",
                "a:read:secret",
                "a:secret:" + HASH_OF_READER,
                "!secret:read:" + HASH_OF_READER,
                READERS + ",x"
            })
    void refusesMalformedEntriesWithoutShowingThem(String entries) {
        assertThatThrownBy(() -> new AccessSettings("", entries, "", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("API_KEYS is malformed; it takes name:role:sha256")
                .hasMessageNotContaining("secret");
    }

    @Test
    void refusesWhatCannotBeMeant() {
        assertThatThrownBy(() -> new AccessSettings("short", "", "", ""))
                .hasMessage("API_KEY has 5 characters; it takes 16 or more");
        assertThatThrownBy(() -> new AccessSettings("as long as it may be, and in \u00fc", "", "", ""))
                .hasMessage(
                        "API_KEY takes printable characters of ASCII, and no space at its ends; no header brings others");
        assertThatThrownBy(() -> new AccessSettings("", "", "", "everyone"))
                .hasMessage("ALLOW_ANONYMOUS is \"everyone\"; it takes none, read or admin");
        assertThatThrownBy(() -> new KeyFile(folder.resolve("missing").toString()))
                .hasMessageContaining("API_KEYS_FILE is ")
                .hasMessageContaining("cannot be read");
        assertThat(new AccessSettings(ADMIN, READERS, "", "").toString()).doesNotContain(ADMIN, HASH_OF_READER);
    }

    private static Access access(String key, String keys, String anonymous, String address) {
        AccessSettings settings = new AccessSettings(key, keys, "", anonymous);
        AccessConfiguration configuration = new AccessConfiguration();
        return new Access(
                configuration.keyRing(settings, configuration.keyFile(settings)), settings.anonymous(address));
    }

    private static int answer(Access access, HttpMethod method, String path, String header, @Nullable String key) {
        HttpHeaders headers = new HttpHeaders();
        if (key != null) {
            headers.set(header, key);
        }
        ProblemException refusal = access.refusal(method, path, headers);
        return refusal == null ? 200 : refusal.status().value();
    }
}
