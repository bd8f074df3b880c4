package io.pricewire.service;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmCompilationMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmHeapPressureMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmInfoMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.logging.LogbackMetrics;
import io.micrometer.core.instrument.binder.system.DiskSpaceMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.micrometer.metrics.autoconfigure.jvm.JvmMetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.logging.logback.LogbackMetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.system.SystemMetricsAutoConfiguration;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * The metrics of several services in one JVM, so that one of them can show those of all. The tag {@code service} tells
 * them apart, as it does where each is a program of its own. What is of the JVM is measured once. Whichever service stops,
 * the meters of the others stay.
 */
public final class SharedMetrics implements AutoCloseable {

    /** The tag that every meter has. */
    static final String TAG = "service";

    private static final String OF_THE_JVM = Stream.of(
                    JvmMetricsAutoConfiguration.class,
                    LogbackMetricsAutoConfiguration.class,
                    SystemMetricsAutoConfiguration.class)
            .map(Class::getName)
            .collect(Collectors.joining(","));

    private final PrometheusMeterRegistry shared = new LastingRegistry();
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final JvmHeapPressureMetrics pressure = new JvmHeapPressureMetrics();
    private final LogbackMetrics logs = new LogbackMetrics();

    /**
     * @param whole what the JVM is called where a service has its name
     * @param folder on the disk whose space is measured
     */
    public SharedMetrics(String whole, Path folder) {
        CompositeMeterRegistry ofTheJvm = part();
        ofTheJvm.config().commonTags(TAG, whole);
        List<MeterBinder> binders = List.of(
                new ClassLoaderMetrics(),
                new DiskSpaceMetrics(folder.toFile()),
                new FileDescriptorMetrics(),
                new JvmCompilationMetrics(),
                new JvmInfoMetrics(),
                new JvmMemoryMetrics(),
                new JvmThreadMetrics(),
                new ProcessorMetrics(),
                new UptimeMetrics(),
                collections,
                pressure,
                logs);
        binders.forEach(binder -> binder.bindTo(ofTheJvm));
    }

    /** Makes a service that is not started yet take part. */
    public ApplicationContextInitializer<GenericApplicationContext> joining() {
        return this::join;
    }

    private void join(GenericApplicationContext context) {
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("metrics", Map.of("spring.autoconfigure.exclude", OF_THE_JVM)));
        DefaultListableBeanFactory beans = context.getDefaultListableBeanFactory();
        beans.registerSingleton("sharedMeterRegistry", shared);
        beans.registerSingleton("prometheusRegistry", shared.getPrometheusRegistry());
        beans.registerBeanDefinition(
                "meterRegistry",
                BeanDefinitionBuilder.genericBeanDefinition(CompositeMeterRegistry.class, this::part)
                        .setPrimary(true)
                        .getBeanDefinition());
    }

    /** One whose tags are its own, and whose meters are in the shared one. */
    private CompositeMeterRegistry part() {
        return new CompositeMeterRegistry().add(shared);
    }

    /** Stops to listen to the JVM. */
    @Override
    public void close() {
        collections.close();
        pressure.close();
        logs.close();
    }

    /** A context that ends closes every registry in it, and the last one to do so is not the last one to be asked. */
    private static final class LastingRegistry extends PrometheusMeterRegistry {

        LastingRegistry() {
            super(PrometheusConfig.DEFAULT);
        }

        @Override
        public void close() {}
    }
}
