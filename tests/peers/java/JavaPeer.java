// The WebSocket client of Java's HttpClient: `java client URL`, as python_peers.py.
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

class JavaPeer implements WebSocket.Listener {
    static final String[] TEXTS = {"Hello", "", "m".repeat(10000)};
    final StringBuilder message = new StringBuilder();
    final CompletableFuture<Integer> closed = new CompletableFuture<>();
    int next = 0;
    boolean echoed = true;

    public void onOpen(WebSocket peer) {
        peer.sendText(TEXTS[0], true);
        peer.request(1);
    }

    public CompletionStage<?> onText(WebSocket peer, CharSequence data, boolean last) {
        message.append(data);
        if (last) {
            echoed &= message.toString().equals(TEXTS[next++]);
            message.setLength(0);
            if (next < TEXTS.length) peer.sendText(TEXTS[next], true);
            else peer.sendClose(WebSocket.NORMAL_CLOSURE, "");
        }
        peer.request(1);
        return null;
    }

    public CompletionStage<?> onClose(WebSocket peer, int code, String reason) {
        closed.complete(code);
        return null;
    }

    public static void main(String[] arguments) {
        var client = HttpClient.newHttpClient();
        var seen = new JavaPeer();
        var peer = client.newWebSocketBuilder().subprotocols("zzz", "chat")
            .buildAsync(URI.create(arguments[1] + "/echo"), seen).join();
        int closed = seen.closed.join();
        int refused = 101;
        try {
            client.newWebSocketBuilder().buildAsync(URI.create(arguments[1] + "/none"), new JavaPeer()).join();
        } catch (CompletionException error) {
            refused = ((WebSocketHandshakeException) error.getCause()).getResponse().statusCode();
        }
        System.out.printf("{\"subprotocol\": \"%s\", \"compressed\": false, \"echoed\": %b, "
            + "\"closed\": %d, \"refused\": %d}%n", peer.getSubprotocol(), seen.echoed, closed, refused);
        System.exit(0);
    }
}
