// Asks for pages as Java's HttpClient does by itself, which offers h2c with its first request, and
// prints of each the version, the status and the content.
//
//   java JavaPages.java URL
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

public class JavaPages {
  public static void main(String[] arguments) throws Exception {
    HttpRequest page = HttpRequest.newBuilder(URI.create(arguments[0])).build();
    HttpClient one = HttpClient.newHttpClient();
    ask(one, page);
    ask(one, page);

    HttpRequest.Builder post = HttpRequest.newBuilder(URI.create(arguments[0]));
    ask(HttpClient.newHttpClient(), post.POST(BodyPublishers.ofString("hello")).build());
  }

  private static void ask(HttpClient client, HttpRequest request) throws Exception {
    var response = client.send(request, BodyHandlers.ofString());
    System.out.print(response.version() + " " + response.statusCode() + " " + response.body());
  }
}
