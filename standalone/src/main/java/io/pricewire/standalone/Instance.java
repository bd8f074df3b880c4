package io.pricewire.standalone;

import io.pricewire.embedded.EmbeddedKafka;
import io.pricewire.embedded.EmbeddedPostgres;
import io.pricewire.embedded.FreePort;
import io.pricewire.ingestor.canary.CanaryIngestor;
import io.pricewire.ingestor.coingecko.CoinGeckoIngestor;
import io.pricewire.ingestor.coinpaprika.CoinPaprikaIngestor;
import io.pricewire.ingestor.csv.CsvIngestor;
import io.pricewire.ingestor.gemini.GeminiIngestor;
import io.pricewire.normalizer.NormalizerService;
import io.pricewire.query.QueryService;
import io.pricewire.query.access.KeyRing;
import io.pricewire.service.ServiceLauncher;
import io.pricewire.service.SharedMetrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Everything in this JVM: a broker and a database, unless others are given, and each service in a context of its own, of
 * which only the query service listens, and shows the metrics of all. Closing it stops all in the opposite order, and lets
 * what is in flight end; so does the end of the JVM, at whatever moment. Once it is closed, nothing more of it starts.
 */
final class Instance implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Instance.class);
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final StandaloneSettings settings;
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook;
    private volatile boolean isClosing;
    private String kafka = "";
    private String database = "";
    private String key = "";

    private Instance(StandaloneSettings settings, Consumer<String> say) {
        this.settings = settings;
        this.hook = new Thread(() -> stop(say), "stop");
    }

    /**
     * Starts everything and returns when the API answers.
     *
     * @param say is told when it stops, and has stopped, because the JVM ends
     * @throws UsageException where the folder is in use, or a port
     */
    static Instance start(StandaloneSettings settings, Consumer<String> say) {
        Instance instance = new Instance(settings, say);
        try {
            Runtime.getRuntime().addShutdownHook(instance.hook);
            instance.startAll();
            return instance;
        } catch (RuntimeException e) {
            instance.close();
            throw e;
        }
    }

    String url() {
        return settings.url();
    }

    String kafka() {
        return kafka;
    }

    String database() {
        return database;
    }

    /** Asks this instance, whoever else may. */
    PatientClient client() {
        return PatientClient.of(url(), key, settings.folder());
    }

    StandaloneSettings settings() {
        return settings;
    }

    /** Returns when it has been closed. */
    void awaitClose() throws InterruptedException {
        closed.await();
    }

    /** Waits for the part that is just starting, and stops that too. Does nothing the second time. */
    @Override
    public void close() {
        isClosing = true;
        forgetHook();
        stopAll();
        closed.countDown();
    }

    private void stop(Consumer<String> say) {
        say.accept("Stopping.");
        close();
        say.accept("Stopped.");
    }

    private void forgetHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException theJvmIsEnding) {
            log.debug("the hook runs already");
        }
    }

    private synchronized void stopAll() {
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception e) {
                log.error("something did not stop cleanly reason={}", e.toString(), e);
            }
        }
    }

    private void startAll() {
        startPart(this::lock);
        InstanceFile.delete(settings.folder());
        requireFreePorts();
        kafka = settings.embedsKafka() ? startKafka() : settings.kafka();
        database = settings.embedsPostgres() ? startPostgres() : settings.database();
        SharedMetrics metrics = startPart(() -> new SharedMetrics("standalone", settings.folder()));
        // Two that share a broker must not fence each other by the same name.
        start(
                metrics,
                NormalizerService.class,
                WebApplicationType.NONE,
                "--pricewire.normalizer.instance=" + (settings.embedsKafka() ? "standalone" : ""));
        start(
                metrics,
                CsvIngestor.class,
                WebApplicationType.NONE,
                "--pricewire.csv.directory=" + settings.csvDirectory());
        if (settings.coingecko()) {
            start(metrics, CoinGeckoIngestor.class, WebApplicationType.NONE);
        }
        if (settings.coinpaprika()) {
            start(metrics, CoinPaprikaIngestor.class, WebApplicationType.NONE);
        }
        if (settings.gemini()) {
            start(metrics, GeminiIngestor.class, WebApplicationType.NONE);
        }
        if (settings.canary()) {
            start(metrics, CanaryIngestor.class, WebApplicationType.NONE);
        }
        ConfigurableApplicationContext queryService = start(
                metrics,
                QueryService.class,
                WebApplicationType.REACTIVE,
                "--server.address=" + settings.httpAddress().getHostAddress(),
                "--server.port=" + settings.httpPort(),
                // Files and samples are served while no source is asked, and by one who is offline.
                "--pricewire.query.health.requires-fresh-sources=false");
        startPart(() -> announce(queryService));
    }

    /** After {@link #close} has been called there is no other part. */
    private synchronized <T extends AutoCloseable> T startPart(Supplier<T> start) {
        if (isClosing) {
            throw new UsageException("it was stopped while it was starting");
        }
        T part = start.get();
        started.push(part);
        return part;
    }

    private AutoCloseable announce(ConfigurableApplicationContext queryService) {
        key = queryService.getBean(KeyRing.class).own();
        new InstanceFile(
                        ProcessHandle.current().pid(),
                        url(),
                        settings.csvDirectory().toString(),
                        key)
                .write(settings.folder());
        return () -> InstanceFile.delete(settings.folder());
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
        requireAddressOfThisMachine(settings.httpAddress());
        requireFree(settings.httpAddress(), settings.httpPort(), "the API", "SERVER_PORT");
        if (settings.embedsKafka()) {
            requireFree(LOOPBACK, settings.kafkaPort(), "Kafka", "PRICEWIRE_STANDALONE_KAFKAPORT");
        }
        if (settings.embedsPostgres()) {
            requireFreeOrOurs(settings.postgresPort());
        }
    }

    /** A Postgres that a killed instance of this folder left behind is stopped before the port is needed. */
    private void requireFreeOrOurs(int port) {
        if (!EmbeddedPostgres.isLeftBehind(settings.folder().resolve("postgres"))) {
            requireFree(LOOPBACK, port, "Postgres", "PRICEWIRE_STANDALONE_POSTGRESPORT");
        }
    }

    private static void requireAddressOfThisMachine(InetAddress address) {
        try {
            if (!address.isAnyLocalAddress() && NetworkInterface.getByInetAddress(address) == null) {
                throw new UsageException(
                        "SERVER_ADDRESS is %s, which is not an address of this machine; it takes one of them, or 0.0.0.0"
                                .formatted(address.getHostAddress()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the addresses of this machine cannot be read", e);
        }
    }

    private static void requireFree(InetAddress address, int port, String what, String variable) {
        if (!FreePort.isFree(address, port)) {
            throw new UsageException("port %d, which %s needs, is taken by another program; set %s to another one"
                    .formatted(port, what, variable));
        }
    }

    private String startKafka() {
        return startPart(() -> EmbeddedKafka.start(settings.folder().resolve("kafka"), settings.kafkaPort()))
                .bootstrapServers();
    }

    private String startPostgres() {
        return startPart(() -> EmbeddedPostgres.start(settings.folder().resolve("postgres"), settings.postgresPort()))
                .url();
    }

    private ConfigurableApplicationContext start(
            SharedMetrics metrics, Class<?> service, WebApplicationType type, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--pricewire.kafka.bootstrap-servers=" + kafka);
        all.add("--pricewire.database.url=" + database);
        // The settings have been read by a context that set up logging; once is enough.
        System.setProperty(LoggingSystem.SYSTEM_PROPERTY, LoggingSystem.NONE);
        return startPart(() -> ServiceLauncher.application(service)
                .web(type)
                .initializers(metrics.joining())
                .registerShutdownHook(false)
                .logStartupInfo(false)
                .run(all.toArray(new String[0])));
    }
}
