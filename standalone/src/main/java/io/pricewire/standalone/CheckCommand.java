package io.pricewire.standalone;

import io.pricewire.database.DatabaseConfiguration;
import io.pricewire.embedded.EmbeddedPostgres;
import io.pricewire.normalizer.check.Checks;
import io.pricewire.normalizer.check.Checks.Outcome;
import io.pricewire.service.PricewireService;
import io.pricewire.service.ServiceLauncher;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import picocli.CommandLine.Command;

/** Checks what is stored, in whatever database it is, and writes nothing there. */
@Command(
        name = "check",
        description = {
            "Checks what is stored: whether the tables agree with each other. Says of each check whether it passes, and shows"
                    + " up to ten examples where it does not.",
            "It looks into the database of DATABASE_URL, or into the one in .pricewire/, which it starts where nothing runs"
                    + " there. It writes nothing. Ends with 1 where a check does not pass, or cannot be made."
        },
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {

    @Override
    public Integer call() throws InterruptedException {
        StandaloneSettings settings = Configuration.read();
        // Without a URL the variables count that the normalizer itself is given.
        if (settings.isElsewhere() || !settings.embedsPostgres()) {
            return check(settings.database());
        }
        Path postgres = settings.folder().resolve("postgres");
        if (!Files.isDirectory(postgres)) {
            throw new UsageException("nothing is stored in %s".formatted(settings.folder()));
        }
        try (InstanceLock lock = InstanceLock.tryAcquire(settings.folder())) {
            return lock == null
                    ? check("postgresql://%1$s@127.0.0.1:%2$d/%1$s"
                            .formatted(EmbeddedPostgres.NAME, settings.postgresPort()))
                    : checkStopped(postgres, settings.postgresPort());
        }
    }

    private static int checkStopped(Path folder, int port) throws InterruptedException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder, port)) {
            return check(postgres.url());
        }
    }

    private static int check(String database) throws InterruptedException {
        List<Outcome> outcomes = make(database);
        outcomes.forEach(CheckCommand::print);
        return outcomes.stream().allMatch(Outcome::isGood) ? 0 : 1;
    }

    private static List<Outcome> make(String database) throws InterruptedException {
        // The settings have been read by a context that set up logging; once is enough.
        System.setProperty(LoggingSystem.SYSTEM_PROPERTY, LoggingSystem.NONE);
        try (ConfigurableApplicationContext context = ServiceLauncher.application(Reader.class)
                .web(WebApplicationType.NONE)
                .registerShutdownHook(false)
                .logStartupInfo(false)
                .run("--pricewire.database.url=" + database)) {
            Checks checks = new Checks(
                    context.getBean(DatabaseClient.class), context.getBean(TransactionalOperator.class), Duration.ZERO);
            if (!checks.hasTables().toFuture().get()) {
                throw new UsageException("the database has none of Pricewire's tables; is it the right one?");
            }
            return checks.make().collectList().toFuture().get();
        } catch (ExecutionException e) {
            throw new UsageException("the database cannot be checked: " + e.getCause());
        }
    }

    private static void print(Outcome outcome) {
        System.out.printf("%-23s %s  %s%n", outcome.name(), outcome.isGood() ? "OK    " : "FAILED", outcome.meaning());
        outcome.examples().stream()
                .limit(Checks.MOST_EXAMPLES)
                .forEach(example -> System.out.println("    " + example));
        if (outcome.examples().size() > Checks.MOST_EXAMPLES) {
            System.out.println("    and more");
        }
    }

    /** Reads the normalizer's settings of the database, and nothing else of it. */
    @PricewireService(name = "normalizer")
    @Import(DatabaseConfiguration.class)
    static class Reader {

        @Bean
        DatabaseConfiguration.SessionOptions readOnlySessions() {
            return new DatabaseConfiguration.SessionOptions(Map.of("default_transaction_read_only", "on"));
        }
    }
}
