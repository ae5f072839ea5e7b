package io.tributary.servers;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Up when a GET of the address answers 200 in time. */
record HttpProbe(URI address) implements Probe {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int WIDTH = 1000;
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    @Override
    public boolean isUp() throws InterruptedException {
        try {
            return get(BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public String answer() throws InterruptedException {
        try {
            HttpResponse<String> response = get(BodyHandlers.ofString());
            String body = response.body().length() <= WIDTH
                    ? response.body()
                    : response.body().substring(0, WIDTH) + "…";
            return address.getPath() + " answers " + response.statusCode() + ": " + body;
        } catch (IOException e) {
            return address.getPath() + " does not answer: " + e;
        }
    }

    private <T> HttpResponse<T> get(HttpResponse.BodyHandler<T> body) throws IOException, InterruptedException {
        return CLIENT.send(HttpRequest.newBuilder(address).timeout(PATIENCE).build(), body);
    }
}
