package io.pricewire.bench;

import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs one benchmark. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        subcommands = {ColdStart.class, Storage.class, Peers.class, Latency.class, Growth.class})
public final class Bench {

    @Option(names = "--project", required = true, hidden = true)
    private Path project = Path.of("");

    private Bench() {}

    public static void main(String[] arguments) {
        // By this name no other program finds it that is started with the same class path.
        System.setProperty("logback.configurationFile", "bench-logback.xml");
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }

    /** The folder with the sources and with the command {@code pricewire}. */
    Path project() {
        return project;
    }
}
