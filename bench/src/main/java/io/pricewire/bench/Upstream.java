package io.pricewire.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Both aggregators on this machine, with answers that were recorded. */
final class Upstream implements AutoCloseable {

    private static final byte[] NOTHING = "[]".getBytes(StandardCharsets.UTF_8);

    private final HttpServer server;
    private final byte[] markets;
    private final byte[] tickers;
    private volatile Instant lastAsked = Instant.EPOCH;

    private Upstream(HttpServer server, byte[] markets, byte[] tickers) {
        this.server = server;
        this.markets = markets;
        this.tickers = tickers;
    }

    static Upstream of(Path markets, Path tickers) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Upstream upstream = new Upstream(server, Files.readAllBytes(markets), Files.readAllBytes(tickers));
        server.createContext("/", upstream::answer);
        server.start();
        return upstream;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** When the last request came whose answer has prices in it. */
    Instant lastAsked() {
        return lastAsked;
    }

    /** How many prices there are in both answers. */
    int prices() {
        int prices = 0;
        for (JsonNode coin : JsonMapper.shared().readTree(markets)) {
            prices += coin.get("current_price").isNull() ? 0 : 1;
        }
        return prices + JsonMapper.shared().readTree(tickers).size();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = body(exchange.getRequestURI().toString());
            if (body.length > NOTHING.length) {
                lastAsked = Instant.now();
            }
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private byte[] body(String uri) {
        if (uri.contains("/tickers")) {
            return tickers;
        }
        return uri.matches(".*[?&]page=1(&.*)?") ? markets : NOTHING;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
