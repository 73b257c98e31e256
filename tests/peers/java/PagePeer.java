// Java's HttpClient, which offers h2c with a plain request: `page URL` prints the version, the status and
// the page.
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

class PagePeer {
    public static void main(String[] arguments) throws Exception {
        var page = HttpClient.newHttpClient().send(
            HttpRequest.newBuilder(URI.create(arguments[1])).build(), BodyHandlers.ofString());
        System.out.println(page.version() + " " + page.statusCode() + " " + page.body());
    }
}
