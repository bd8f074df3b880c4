package io.pricewire.standalone;

import io.pricewire.service.SettingFailure;
import io.pricewire.service.Version;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code pricewire}. */
@Command(
        name = "pricewire",
        description = "A self-hosted wire service for crypto prices. Without a command it runs everything here.",
        mixinStandardHelpOptions = true,
        versionProvider = Pricewire.ItsVersion.class,
        subcommands = {
            RunCommand.class,
            LoadCommand.class,
            ExtractCommand.class,
            TransformCommand.class,
            CheckCommand.class,
            KeyCommand.class,
            TrainCommand.class
        })
public final class Pricewire {

    private Pricewire() {}

    public static void main(String[] arguments) {
        // Else the numbers would be written in the digits of the machine's language.
        Locale.setDefault(Locale.ROOT);
        System.exit(execute(arguments));
    }

    /** Does what it is told, and returns the exit code. */
    static int execute(String... arguments) {
        return new CommandLine(new Pricewire())
                .setExecutionExceptionHandler(Pricewire::explain)
                .execute(withCommand(arguments));
    }

    /** Without a command it is {@code run}. */
    static String[] withCommand(String... arguments) {
        boolean isRun = arguments.length == 0 || arguments[0].equals(RunCommand.ONCE);
        return isRun ? Stream.concat(Stream.of("run"), Arrays.stream(arguments)).toArray(String[]::new) : arguments;
    }

    /**
     * What a person can mend is said in one line, which for a setting has been said already; everything else comes with
     * where it happened.
     */
    private static int explain(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        if (failure instanceof UsageException) {
            command.getErr().println("pricewire: " + failure.getMessage());
        } else if (SettingFailure.describe(failure) == null) {
            failure.printStackTrace(command.getErr());
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** What {@code --version} prints. */
    static final class ItsVersion implements CommandLine.IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {"Pricewire " + Version.current()};
        }
    }
}
