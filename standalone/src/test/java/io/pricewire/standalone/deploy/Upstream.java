package io.pricewire.standalone.deploy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/** All sources in one, which know of bitcoin, and of a price of this moment. Containers reach it by the bridge's address. */
final class Upstream implements AutoCloseable {

    static final String COINGECKO = "64001.000000000000000001";
    static final String COINPAPRIKA = "64002.5";
    static final String GEMINI = "64003.25";

    private final HttpServer server;

    /** @param address of this machine, on the network that the containers are on */
    Upstream(String address) throws IOException {
        server = HttpServer.create(new InetSocketAddress(address, 0), 0);
        server.createContext("/", Upstream::answer);
        server.start();
    }

    String url() {
        return "http://%s:%d"
                .formatted(
                        server.getAddress().getHostString(), server.getAddress().getPort());
    }

    private static void answer(HttpExchange exchange) throws IOException {
        byte[] body = body(exchange.getRequestURI().toString()).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static String body(String uri) {
        String now = Clock.systemUTC().instant().toString();
        if (uri.contains("/coins/markets") && uri.contains("&page=1&")) {
            return """
                    [{"id": "bitcoin", "symbol": "btc", "name": "Bitcoin", "current_price": %s, "last_updated": "%s"}]""".formatted(COINGECKO, now);
        }
        if (uri.contains("/tickers")) {
            return """
                    [{"id": "btc-bitcoin", "symbol": "BTC", "name": "Bitcoin", "rank": 1, "last_updated": "%s",
                      "quotes": {"USD": {"price": %s}}}]""".formatted(now, COINPAPRIKA);
        }
        if (uri.contains("/v1/pricefeed")) {
            return "[{\"pair\": \"BTCUSD\", \"price\": \"%s\", \"percentChange24h\": \"0.01\"}]".formatted(GEMINI);
        }
        if (uri.contains("/v1/symbols/details/")) {
            return """
                    {"symbol": "BTCUSD", "base_currency": "BTC", "quote_currency": "USD", "status": "open"}""";
        }
        return "[]";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
