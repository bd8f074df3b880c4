package io.pricewire.standalone.failures;

import io.pricewire.embedded.EmbeddedKafka;
import io.pricewire.embedded.EmbeddedPostgres;
import java.nio.file.Path;

/** A broker or a database in a process of its own, so that it can be killed. */
final class ServerProcess {

    private ServerProcess() {}

    public static void main(String[] arguments) throws InterruptedException {
        Path folder = Path.of(arguments[1]);
        int port = Integer.parseInt(arguments[2]);
        switch (arguments[0]) {
            case "kafka" -> EmbeddedKafka.start(folder, port);
            case "postgres" -> EmbeddedPostgres.start(folder, port);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
        Thread.currentThread().join();
    }
}
