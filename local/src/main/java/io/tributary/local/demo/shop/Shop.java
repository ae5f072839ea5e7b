package io.tributary.local.demo.shop;

import io.tributary.local.demo.Exporters;
import io.tributary.local.demo.Telemetry;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The shop: five services that call each other over HTTP on the loopback interface. */
public final class Shop implements AutoCloseable {
    /** The services' names. */
    public static final List<String> SERVICES = List.of("storefront", "catalog", "cart", "checkout", "payment");

    private static final int CUSTOMERS = 50;
    private static final double BUYS = 0.5;

    private final Supplier<Exporters> exporters;
    private final Duration metricInterval;
    private final Chance chance;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final List<Telemetry> telemetries = new ArrayList<>();
    private final List<Door> doors = new ArrayList<>();
    private final Door storefront;

    /** A shop whose services send to exporters of their own; the same seed makes the same customers. */
    public Shop(Supplier<Exporters> exporters, Duration metricInterval, long seed) throws IOException {
        this.exporters = exporters;
        this.metricInterval = metricInterval;
        this.chance = new Chance(seed);
        Door catalog = catalog();
        Door cart = cart(catalog);
        Door payment = payment();
        Door checkout = checkout(cart, payment);
        storefront = storefront(catalog, cart, checkout);
    }

    /** A customer comes, and looks or buys; the status that the storefront answers. */
    public int visit() throws IOException, InterruptedException {
        String wish = chance.of(BUYS) ? "/buy" : "/browse";
        HttpRequest request = HttpRequest.newBuilder(storefront.at(wish + "/customer-" + chance.number(CUSTOMERS)))
                .build();
        return client.send(request, BodyHandlers.discarding()).statusCode();
    }

    private Door catalog() throws IOException {
        Telemetry telemetry = telemetry("catalog");
        Catalog catalog = new Catalog(telemetry, chance);
        return door(telemetry).open("/prices", catalog::price);
    }

    private Door cart(Door catalog) throws IOException {
        Telemetry telemetry = telemetry("cart");
        Cart cart = new Cart(telemetry, new Caller(telemetry, client), catalog);
        return door(telemetry).open("/add", cart::add).open("/empty", cart::empty);
    }

    private Door payment() throws IOException {
        Telemetry telemetry = telemetry("payment");
        Payment payment = new Payment(telemetry, chance);
        return door(telemetry).open("/charge", payment::charge);
    }

    private Door checkout(Door cart, Door payment) throws IOException {
        Telemetry telemetry = telemetry("checkout");
        Checkout checkout = new Checkout(telemetry, new Caller(telemetry, client), cart, payment);
        return door(telemetry).open("/order", checkout::order);
    }

    private Door storefront(Door catalog, Door cart, Door checkout) throws IOException {
        Telemetry telemetry = telemetry("storefront");
        Storefront front = new Storefront(telemetry, chance, new Caller(telemetry, client), catalog, cart, checkout);
        return door(telemetry).open("/browse", front::browse).open("/buy", front::buy);
    }

    private Telemetry telemetry(String service) {
        Telemetry telemetry = new Telemetry(service, exporters.get(), metricInterval);
        telemetries.add(telemetry);
        return telemetry;
    }

    private Door door(Telemetry telemetry) throws IOException {
        Door door = new Door(telemetry);
        doors.add(door);
        return door;
    }

    /** Closes the shop, and sends what the services have gathered. */
    @Override
    public void close() {
        doors.reversed().forEach(Door::close);
        telemetries.forEach(Telemetry::close);
        client.close();
    }
}
