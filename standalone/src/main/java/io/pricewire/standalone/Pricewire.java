package io.pricewire.standalone;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code pricewire}. */
@Command(
        name = "pricewire",
        description = "A self-hosted wire service for crypto prices. Without a command it runs everything here.",
        mixinStandardHelpOptions = true,
        version = "Pricewire " + Pricewire.VERSION,
        subcommands = {RunCommand.class, LoadCommand.class})
public final class Pricewire {

    static final String VERSION = "0.1.0";

    private Pricewire() {}

    public static void main(String[] arguments) {
        String[] command = arguments.length == 0 ? new String[] {"run"} : arguments;
        int status = new CommandLine(new Pricewire())
                .setExecutionExceptionHandler(Pricewire::explain)
                .execute(command);
        System.exit(status);
    }

    /** What a person can mend is said in one line; everything else comes with where it happened. */
    private static int explain(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        if (failure instanceof UsageException) {
            command.getErr().println("pricewire: " + failure.getMessage());
        } else {
            failure.printStackTrace(command.getErr());
        }
        return CommandLine.ExitCode.SOFTWARE;
    }
}
