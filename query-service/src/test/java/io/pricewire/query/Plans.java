package io.pricewire.query;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.reactivestreams.Publisher;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** How Postgres carries out what the service asks: each statement is explained, with its values, before it is executed. */
final class Plans implements BeanPostProcessor {

    private final Queue<Plan> plans = new ConcurrentLinkedQueue<>();

    /** Those since the last time; at least one line each. */
    List<Plan> take() {
        List<Plan> taken = List.copyOf(plans);
        plans.clear();
        return taken;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof DatabaseClient client
                ? DatabaseClient.create(explaining(client.getConnectionFactory()))
                : bean;
    }

    private ConnectionFactory explaining(ConnectionFactory factory) {
        return proxy(ConnectionFactory.class, (proxy, method, arguments) -> {
            Object result = call(factory, method, arguments);
            return method.getName().equals("create")
                    ? Mono.from((Publisher<?>) result).map(connection -> explaining((Connection) connection))
                    : result;
        });
    }

    private Connection explaining(Connection connection) {
        return proxy(
                Connection.class,
                (proxy, method, arguments) -> method.getName().equals("createStatement")
                        ? explaining(connection, (String) arguments[0])
                        : call(connection, method, arguments));
    }

    private Statement explaining(Connection connection, String sql) {
        Statement asked = connection.createStatement(sql);
        Statement explained = connection.createStatement("explain " + sql);
        return proxy(Statement.class, (proxy, method, arguments) -> {
            if (method.getName().equals("execute")) {
                return Flux.from(explained.execute())
                        .flatMap(Plans::lines)
                        .collectList()
                        .doOnNext(lines -> plans.add(new Plan(sql, String.join("\n", lines))))
                        .thenMany(Flux.defer(asked::execute));
            }
            if (method.getName().startsWith("bind")) {
                call(explained, method, arguments);
            }
            call(asked, method, arguments);
            return proxy;
        });
    }

    private static Publisher<String> lines(Result result) {
        return result.map(row -> String.valueOf(row.get(0, String.class)));
    }

    private static <T> T proxy(Class<T> type, InvocationHandler calls) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, calls));
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /**
     * How one statement is carried out.
     *
     * @param sql the statement
     * @param text what {@code explain} says
     */
    record Plan(String sql, String text) {}
}
