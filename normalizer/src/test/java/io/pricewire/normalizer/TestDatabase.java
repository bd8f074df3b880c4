package io.pricewire.normalizer;

import io.pricewire.database.DatabaseConfiguration;
import io.pricewire.database.DatabaseSettings;
import io.pricewire.embedded.testing.TestServers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** A database of its own for a test, with all tables. */
public final class TestDatabase implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

    private final String url;

    public TestDatabase() {
        this(TestServers.newDatabase());
    }

    /** The database of another process too. */
    public TestDatabase(String url) {
        this.url = url;
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("test", Map.of("pricewire.database.url", url)));
        context.register(DatabaseConfiguration.class);
        context.refresh();
        new Migrations(target(url)).run(Mono.never()).block(PATIENCE);
    }

    static DatabaseSettings.Target target(String url) {
        return new Binder(new MapConfigurationPropertySource(Map.of("url", url)))
                .bindOrCreate("", DatabaseSettings.class)
                .target();
    }

    public String url() {
        return url;
    }

    public DatabaseClient client() {
        return context.getBean(DatabaseClient.class);
    }

    public TransactionalOperator transaction() {
        return context.getBean(TransactionalOperator.class);
    }

    public List<Map<String, Object>> query(String sql) {
        return client().sql(sql).fetch().all().collectList().block(PATIENCE);
    }

    public void execute(String sql) {
        client().sql(sql).then().block(PATIENCE);
    }

    @Override
    public void close() {
        context.close();
    }
}
