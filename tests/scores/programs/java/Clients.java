// Java's clients: `CLIENT PORT`, as python_clients.py.
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakerFactory;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.handler.codec.http.websocketx.extensions.compression.WebSocketClientCompressionHandler;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;

public class Clients {
    interface Client {
        /** Opens a WebSocket, and returns how it is dropped. */
        Runnable open(String url) throws Exception;
    }

    static Client httpClient() {
        var client = HttpClient.newHttpClient();
        return url -> {
            var opened = client.newWebSocketBuilder().buildAsync(URI.create(url), new java.net.http.WebSocket.Listener() {
                public void onOpen(java.net.http.WebSocket peer) {
                    peer.sendText("Hello", true);
                    peer.request(1);
                }
            });
            return () -> opened.thenAccept(java.net.http.WebSocket::abort);
        };
    }

    static Client okHttp() {
        var client = new OkHttpClient();
        return url -> {
            var peer = client.newWebSocket(new Request.Builder().url(url).build(), new WebSocketListener() {
                public void onOpen(WebSocket peer, Response response) {
                    peer.send("Hello");
                }
            });
            return peer::cancel;
        };
    }

    static Client netty() {
        return url -> {
            var to = URI.create(url);
            var handshaker = WebSocketClientHandshakerFactory.newHandshaker(
                to, WebSocketVersion.V13, null, true, new DefaultHttpHeaders());
            var channel = NettyPeer.connect(to, NettyPeer.with(on -> on.pipeline().addLast(
                new HttpClientCodec(), new HttpObjectAggregator(8192), new WebSocketClientCompressionHandler(8192),
                new WebSocketClientProtocolHandler(handshaker), new Hello())));
            return channel::close;
        };
    }

    static class Hello extends ChannelInboundHandlerAdapter {
        public void userEventTriggered(ChannelHandlerContext on, Object event) {
            if (event == WebSocketClientProtocolHandler.ClientHandshakeStateEvent.HANDSHAKE_COMPLETE)
                on.writeAndFlush(new TextWebSocketFrame("Hello"));
        }
    }

    static void serve(Client client, Socket control) {
        try (control) {
            var lines = new BufferedReader(new InputStreamReader(control.getInputStream()));
            var url = lines.readLine();
            if (url == null) return;
            var drop = client.open(url);
            lines.readLine();
            drop.run();
        } catch (Exception gone) {
            // So is the other side.
        }
    }

    public static void main(String[] arguments) throws IOException {
        var client = switch (arguments[0]) {
            case "http-client" -> httpClient();
            case "okhttp" -> okHttp();
            default -> netty();
        };
        var listener = new ServerSocket(Integer.parseInt(arguments[1]), 50, InetAddress.getLoopbackAddress());
        while (true) {
            var control = listener.accept();
            new Thread(() -> serve(client, control)).start();
        }
    }
}
