// OkHttp's WebSocket client: `client URL`, as python_peers.py.
import java.util.concurrent.CompletableFuture;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;

class OkHttpPeer extends WebSocketListener {
    static final String[] TEXTS = {"Hello", "", "m".repeat(10000)};
    final CompletableFuture<Integer> closed = new CompletableFuture<>();
    final CompletableFuture<Integer> refused = new CompletableFuture<>();
    String subprotocol, extensions;
    boolean echoed = true;
    int next = 0;

    public void onOpen(WebSocket peer, Response response) {
        subprotocol = response.header("Sec-WebSocket-Protocol");
        extensions = response.header("Sec-WebSocket-Extensions", "");
        peer.send(TEXTS[0]);
    }

    public void onMessage(WebSocket peer, String text) {
        echoed &= text.equals(TEXTS[next++]);
        if (next < TEXTS.length) peer.send(TEXTS[next]);
        else peer.close(1000, null);
    }

    public void onClosed(WebSocket peer, int code, String reason) {
        closed.complete(code);
    }

    public void onFailure(WebSocket peer, Throwable why, Response response) {
        refused.complete(response == null ? 0 : response.code());
        closed.complete(0);
    }

    static OkHttpPeer open(OkHttpClient client, String url, String subprotocols) {
        var peer = new OkHttpPeer();
        client.newWebSocket(new Request.Builder().url(url)
            .header("Sec-WebSocket-Protocol", subprotocols).build(), peer);
        return peer;
    }

    public static void main(String[] arguments) throws Exception {
        var client = new OkHttpClient();
        var saw = open(client, arguments[1] + "/echo", "zzz, chat");
        int closed = saw.closed.get();
        int refused = open(client, arguments[1] + "/none", "chat").refused.get();
        System.out.printf("{\"subprotocol\": \"%s\", \"compressed\": %b, \"echoed\": %b, \"closed\": %d, "
            + "\"refused\": %d}%n", saw.subprotocol, saw.extensions.contains("deflate"), saw.echoed, closed, refused);
        System.exit(0);
    }
}
