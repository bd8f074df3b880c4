package io.pricewire.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class KeyCommandTest {

    private static final Pattern ANSWER = Pattern.compile("key    ([\\w-]{43})\nentry  alice:read:([0-9a-f]{64})\n");

    @Test
    void makesAnotherKeyEachTimeAndTheEntryOfItsHash() throws Exception {
        Matcher first = answer();
        Matcher second = answer();

        byte[] hash = MessageDigest.getInstance("SHA-256").digest(first.group(1).getBytes(StandardCharsets.UTF_8));
        assertThat(first.group(2)).isEqualTo(HexFormat.of().formatHex(hash));
        assertThat(second.group(1)).isNotEqualTo(first.group(1));
    }

    @Test
    void refusesANameOrARoleThatNoEntryCanHave() {
        assertThat(Pricewire.execute("key", "alice", "write")).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(Pricewire.execute("key", "a:b", "read")).isEqualTo(CommandLine.ExitCode.SOFTWARE);
    }

    private static Matcher answer() {
        StringWriter out = new StringWriter();
        assertThat(new CommandLine(new KeyCommand())
                        .setOut(new PrintWriter(out))
                        .execute("alice", "read"))
                .isZero();
        Matcher matcher = ANSWER.matcher(out.toString());
        assertThat(matcher.matches()).as(out.toString()).isTrue();
        return matcher;
    }
}
