// Netty's WebSockets, as python_peers.py, and its h2c: `client URL`, `server`, `page URL`, `h2c_server`.
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.*;
import io.netty.handler.codec.http.websocketx.*;
import io.netty.handler.codec.http.websocketx.extensions.compression.WebSocketClientCompressionHandler;
import io.netty.handler.codec.http.websocketx.extensions.compression.WebSocketServerCompressionHandler;
import io.netty.handler.codec.http2.*;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

class NettyPeer {
    static final String[] TEXTS = {"Hello", "", "m".repeat(10000)};
    static final int MOST = 1 << 20;
    static final MultiThreadIoEventLoopGroup LOOPS = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

    static ChannelHandler with(Consumer<Channel> does) {
        return new ChannelInitializer<Channel>() {
            protected void initChannel(Channel channel) {
                does.accept(channel);
            }
        };
    }

    static Channel connect(URI to, ChannelHandler handler) throws InterruptedException {
        return new Bootstrap().group(LOOPS).channel(NioSocketChannel.class).handler(handler)
            .connect(to.getHost(), to.getPort()).sync().channel();
    }

    static void listen(ChannelHandler handler) throws InterruptedException {
        var listening = new ServerBootstrap().group(LOOPS).channel(NioServerSocketChannel.class)
            .childHandler(handler).bind("127.0.0.1", 0).sync().channel();
        System.out.println(((InetSocketAddress) listening.localAddress()).getPort());
        listening.closeFuture().sync();
    }

    // ---- WebSockets ----

    static class Client extends SimpleChannelInboundHandler<WebSocketFrame> {
        final WebSocketClientHandshaker handshaker;
        final CompletableFuture<Integer> closed = new CompletableFuture<>(), refused = new CompletableFuture<>();
        boolean echoed = true;
        int next = 0;

        Client(URI url) {
            handshaker = WebSocketClientHandshakerFactory.newHandshaker(
                url, WebSocketVersion.V13, "zzz,chat", true, new DefaultHttpHeaders(), MOST);
        }

        public void userEventTriggered(ChannelHandlerContext on, Object event) {
            if (event == WebSocketClientProtocolHandler.ClientHandshakeStateEvent.HANDSHAKE_COMPLETE)
                on.writeAndFlush(new TextWebSocketFrame(TEXTS[0]));
        }

        protected void channelRead0(ChannelHandlerContext on, WebSocketFrame frame) {
            if (frame instanceof CloseWebSocketFrame close) {
                closed.complete(close.statusCode());
            } else if (frame instanceof TextWebSocketFrame text) {
                echoed &= text.text().equals(TEXTS[next++]);
                on.writeAndFlush(next < TEXTS.length ? new TextWebSocketFrame(TEXTS[next])
                    : new CloseWebSocketFrame(1000, ""));
            }
        }

        public void exceptionCaught(ChannelHandlerContext on, Throwable why) {
            if (why instanceof WebSocketClientHandshakeException failed)
                refused.complete(failed.response().status().code());
            closed.complete(0);
        }

        static Client open(String url) throws InterruptedException {
            var peer = new Client(URI.create(url));
            connect(URI.create(url), with(channel -> channel.pipeline().addLast(
                new HttpClientCodec(), new HttpObjectAggregator(MOST), new WebSocketClientCompressionHandler(MOST),
                new WebSocketClientProtocolHandler(peer.handshaker, false, false), peer)));
            return peer;
        }
    }

    static void client(String url) throws Exception {
        var saw = Client.open(url + "/echo");
        int closed = saw.closed.get();
        int refused = Client.open(url + "/none").refused.get();
        System.out.printf("{\"subprotocol\": \"%s\", \"echoed\": %b, \"closed\": %d, \"refused\": %d}%n",
            saw.handshaker.actualSubprotocol(), saw.echoed, closed, refused);
    }

    static void server() throws InterruptedException {
        listen(with(channel -> channel.pipeline().addLast(
            new HttpServerCodec(), new HttpObjectAggregator(MOST), new WebSocketServerCompressionHandler(MOST),
            new WebSocketServerProtocolHandler("/", "chat", true, MOST, false, true),
            new SimpleChannelInboundHandler<WebSocketFrame>() {
                protected void channelRead0(ChannelHandlerContext on, WebSocketFrame frame) {
                    on.writeAndFlush(frame.retain());
                }
            })));
    }

    // ---- h2c ----

    static void page(String url) throws Exception {
        var found = new CompletableFuture<String>();
        var connection = new DefaultHttp2Connection(false);
        var handler = new HttpToHttp2ConnectionHandlerBuilder().connection(connection).frameListener(
            new DelegatingDecompressorFrameListener(connection, new InboundHttp2ToHttpAdapterBuilder(connection)
                .maxContentLength(MOST).propagateSettings(true).build(), 0)).build();
        connect(URI.create(url), with(channel -> {
            var codec = new HttpClientCodec();
            channel.pipeline().addLast(codec,
                new HttpClientUpgradeHandler(codec, new Http2ClientUpgradeCodec(handler), MOST),
                new ChannelInboundHandlerAdapter() {
                    public void channelActive(ChannelHandlerContext on) {
                        var request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
                        request.headers().set("Host", URI.create(url).getAuthority());
                        on.writeAndFlush(request);
                    }

                    public void channelRead(ChannelHandlerContext on, Object message) {
                        if (message instanceof FullHttpResponse response)
                            found.complete(response.status().code() + " "
                                + response.content().toString(StandardCharsets.UTF_8));
                    }
                });
        }));
        System.out.println(found.get());
    }

    static void h2cServer() throws InterruptedException {
        listen(with(channel -> {
            var codec = new HttpServerCodec();
            channel.pipeline().addLast(codec, new HttpServerUpgradeHandler(codec, name ->
                name.toString().equals("h2c") ? new Http2ServerUpgradeCodec(Http2FrameCodecBuilder.forServer().build(),
                    new ChannelInboundHandlerAdapter() {
                        public void channelRead(ChannelHandlerContext on, Object frame) {
                            if (!(frame instanceof Http2HeadersFrame request) || !request.isEndStream()) return;
                            on.write(new DefaultHttp2HeadersFrame(new DefaultHttp2Headers().status("200"))
                                .stream(request.stream()));
                            on.writeAndFlush(new DefaultHttp2DataFrame(
                                Unpooled.copiedBuffer("Hello", StandardCharsets.UTF_8), true).stream(request.stream()));
                        }
                    }) : null));
        }));
    }

    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "client" -> client(arguments[1]);
            case "server" -> server();
            case "page" -> page(arguments[1]);
            case "h2c_server" -> h2cServer();
        }
        System.exit(0);
    }
}
