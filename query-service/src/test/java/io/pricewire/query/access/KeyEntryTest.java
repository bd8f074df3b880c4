package io.pricewire.query.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyEntryTest {

    /** Of "abc", by FIPS 180-2. */
    private static final String HASH = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void isReadAsItWasWritten() {
        KeyEntry entry = KeyEntry.of("a.b_c-" + "d".repeat(58), "read", "abc");

        assertThat(entry.hash()).isEqualTo(HASH);
        assertThat(KeyEntry.parse(entry.toString())).isEqualTo(entry);
        assertThat(Keys.parse(entry.toString(), "API_KEYS").roleOf("abc")).isEqualTo(Role.READ);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a:b", "a b", "é"})
    void refusesANameThatNoEntryCanHave(String name) {
        assertThatThrownBy(() -> KeyEntry.of(name, "read", "abc"))
                .hasMessage("the name \"" + name + "\" takes 1 to 64 letters, digits, points, dashes and underscores");
    }

    @Test
    void refusesANameThatIsTooLong() {
        assertThatThrownBy(() -> KeyEntry.of("d".repeat(65), "read", "abc")).hasMessageContaining("1 to 64 letters");
    }

    @Test
    void refusesARoleThatThereIsNot() {
        assertThatThrownBy(() -> KeyEntry.of("me", "write", "abc"))
                .hasMessage("the role is \"write\"; it takes read or admin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"me:read:abc", "me:read", "me:read:" + HASH + ":", "me:read:ABC"})
    void refusesATextThatIsNoEntry(String text) {
        assertThatThrownBy(() -> KeyEntry.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"k,true", "a pass phrase!,true", "' key',false", "'key ',false", "schl\u00fcssel,false", "'',false"})
    void knowsWhichKeysAHeaderCanBring(String key, boolean can) {
        assertThat(KeyEntry.canBeBrought(key)).isEqualTo(can);
    }
}
