package io.pricewire.standalone;

import io.pricewire.embedded.EmbeddedKafka;
import io.pricewire.embedded.EmbeddedPostgres;
import io.pricewire.embedded.FreePort;
import io.pricewire.ingestor.csv.CsvIngestor;
import io.pricewire.normalizer.NormalizerService;
import io.pricewire.query.QueryService;
import io.pricewire.service.ServiceLauncher;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Everything in this JVM: a broker and a database, unless others are given, and each service in a context of its own, of
 * which only the query service listens. Closing it stops all in the opposite order, and lets what is in flight end.
 */
final class Instance implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Instance.class);

    private final StandaloneSettings settings;
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private String kafka = "";
    private String database = "";

    private Instance(StandaloneSettings settings) {
        this.settings = settings;
    }

    /**
     * Starts everything and returns when the API answers.
     *
     * @throws UsageException where the folder is in use, or a port
     */
    static Instance start(StandaloneSettings settings) {
        Instance instance = new Instance(settings);
        try {
            instance.startAll();
            return instance;
        } catch (RuntimeException e) {
            instance.close();
            throw e;
        }
    }

    String url() {
        return "http://localhost:" + settings.httpPort();
    }

    String kafka() {
        return kafka;
    }

    String database() {
        return database;
    }

    StandaloneSettings settings() {
        return settings;
    }

    /** Does nothing the second time. */
    @Override
    public synchronized void close() {
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception e) {
                log.error("something did not stop cleanly reason={}", e.toString(), e);
            }
        }
    }

    private void startAll() {
        started.push(lock());
        requireFreePorts();
        kafka = settings.embedsKafka() ? startKafka() : settings.kafka();
        database = settings.embedsPostgres() ? startPostgres() : settings.database();
        start(NormalizerService.class, WebApplicationType.NONE, "--pricewire.normalizer.instance=standalone");
        start(CsvIngestor.class, WebApplicationType.NONE, "--pricewire.csv.directory=" + settings.csvDirectory());
        start(QueryService.class, WebApplicationType.REACTIVE, "--server.port=" + settings.httpPort());
        new InstanceFile(
                        ProcessHandle.current().pid(),
                        url(),
                        settings.csvDirectory().toString())
                .write(settings.folder());
        started.push(() -> InstanceFile.delete(settings.folder()));
    }

    private InstanceLock lock() {
        InstanceLock lock = InstanceLock.tryAcquire(settings.folder());
        if (lock == null) {
            InstanceFile other = InstanceFile.read(settings.folder());
            throw new UsageException(
                    "another Pricewire uses the folder %s%s; stop it first, or start this one elsewhere"
                            .formatted(
                                    settings.folder(),
                                    other == null ? "" : " (process %d, %s)".formatted(other.pid(), other.url())));
        }
        return lock;
    }

    private void requireFreePorts() {
        requireFree(settings.httpPort(), "the API", "SERVER_PORT");
        if (settings.embedsKafka()) {
            requireFree(settings.kafkaPort(), "Kafka", "PRICEWIRE_STANDALONE_KAFKAPORT");
        }
        if (settings.embedsPostgres()) {
            requireFreeOrOurs(settings.postgresPort());
        }
    }

    /** A Postgres that a killed instance of this folder left behind is stopped before the port is needed. */
    private void requireFreeOrOurs(int port) {
        if (!EmbeddedPostgres.isLeftBehind(settings.folder().resolve("postgres"))) {
            requireFree(port, "Postgres", "PRICEWIRE_STANDALONE_POSTGRESPORT");
        }
    }

    private static void requireFree(int port, String what, String variable) {
        if (!FreePort.isFree(port)) {
            throw new UsageException("port %d, which %s needs, is taken by another program; set %s to another one"
                    .formatted(port, what, variable));
        }
    }

    private String startKafka() {
        EmbeddedKafka broker = EmbeddedKafka.start(settings.folder().resolve("kafka"), settings.kafkaPort());
        started.push(broker);
        return broker.bootstrapServers();
    }

    private String startPostgres() {
        EmbeddedPostgres server =
                EmbeddedPostgres.start(settings.folder().resolve("postgres"), settings.postgresPort());
        started.push(server);
        return server.url();
    }

    private void start(Class<?> service, WebApplicationType type, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--pricewire.kafka.bootstrap-servers=" + kafka);
        all.add("--pricewire.database.url=" + database);
        // The settings have been read by a context that set up logging; once is enough.
        System.setProperty(LoggingSystem.SYSTEM_PROPERTY, LoggingSystem.NONE);
        ConfigurableApplicationContext context = ServiceLauncher.application(service)
                .web(type)
                .registerShutdownHook(false)
                .run(all.toArray(new String[0]));
        started.push(context);
    }
}
