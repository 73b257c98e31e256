// Netty on its own channels in memory: WebSocketServerProtocolHandler and WebSocketClientProtocolHandler, and for
// other protocols HttpServerUpgradeHandler and HttpClientUpgradeHandler.
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.*;
import io.netty.handler.codec.http.websocketx.*;
import io.netty.handler.codec.http.websocketx.extensions.compression.WebSocketClientCompressionHandler;
import io.netty.handler.codec.http.websocketx.extensions.compression.WebSocketServerCompressionHandler;
import io.netty.util.ReferenceCountUtil;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class WithNetty implements Adapter.Library {
    static final int MOST = 65536;

    public Adapter.Answer play(Adapter.Case one) {
        if (one.role.equals("server")) return serve(one);
        if (!one.role.equals("client") || Messages.readHead(one.request) == null) return null;
        if (one.isWebSocket()) return askForWebSocket(one);
        return one.isMadeUp() || "connect".equals(one.profile) ? ask(one) : null;
    }

    // ---- The channel ----

    static void give(EmbeddedChannel channel, byte[] octets, boolean end) {
        try {
            channel.writeInbound(Unpooled.wrappedBuffer(octets));
        } catch (Throwable ignored) {
            // A program would log it; the answer is what Netty has sent.
        }
        if (end) channel.close();
    }

    static String sent(EmbeddedChannel channel) {
        var all = new StringBuilder();
        for (Object some; (some = channel.readOutbound()) != null; ReferenceCountUtil.release(some))
            if (some instanceof ByteBuf octets) all.append(octets.toString(StandardCharsets.ISO_8859_1));
        return all.toString();
    }

    /** Counts the octets of the new protocol. */
    static class Counting extends SimpleChannelInboundHandler<ByteBuf> {
        final Map<String, Object> told;

        Counting(Map<String, Object> told) {
            this.told = told;
            told.put("leftover", 0);
        }

        protected void channelRead0(ChannelHandlerContext on, ByteBuf octets) {
            told.merge("leftover", octets.readableBytes(), (one, other) -> (int) one + (int) other);
        }
    }

    // ---- Servers ----

    /** Answers ordinary requests. */
    static class Pages extends SimpleChannelInboundHandler<FullHttpRequest> {
        protected void channelRead0(ChannelHandlerContext on, FullHttpRequest request) {
            var bad = !request.decoderResult().isSuccess();
            var connect = request.method().equals(HttpMethod.CONNECT);
            var answer = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, bad ? HttpResponseStatus.BAD_REQUEST
                : connect ? HttpResponseStatus.NOT_IMPLEMENTED : HttpResponseStatus.OK);
            HttpUtil.setContentLength(answer, 0);
            var stays = !bad && !connect && HttpUtil.isKeepAlive(request);
            HttpUtil.setKeepAlive(answer, stays);
            var sent = on.writeAndFlush(answer);
            if (!stays) sent.addListener(ChannelFutureListener.CLOSE);
        }
    }

    static class Handshakes extends ChannelInboundHandlerAdapter {
        final Map<String, Object> told;

        Handshakes(Map<String, Object> told) {
            this.told = told;
        }

        public void userEventTriggered(ChannelHandlerContext on, Object event) {
            if (!(event instanceof WebSocketServerProtocolHandler.HandshakeComplete done)) return;
            told.put("protocol", "websocket");
            told.put("subprotocol", done.selectedSubprotocol());
        }
    }

    static void addWebSocket(EmbeddedChannel channel, Adapter.Case one, Map<String, Object> told) {
        var config = WebSocketServerProtocolConfig.newBuilder().websocketPath("/").checkStartsWith(true)
            .allowExtensions(true);
        if (!one.setup.subprotocols.isEmpty()) config.subprotocols(String.join(",", one.setup.subprotocols));
        if (one.setup.origins != null) config.allowedOrigins(one.setup.origins);
        channel.pipeline().addLast(new HttpServerCodec(), new HttpObjectAggregator(MOST));
        if (one.setup.deflate != null) channel.pipeline().addLast(new WebSocketServerCompressionHandler(MOST));
        channel.pipeline().addLast(new WebSocketServerProtocolHandler(config.build()), new Handshakes(told),
            new Pages());
    }

    /** A protocol that a program has on a server. */
    record Spoken(String name, Map<String, Object> told) implements HttpServerUpgradeHandler.UpgradeCodec {
        public Collection<CharSequence> requiredUpgradeHeaders() {
            return List.of();
        }

        public boolean prepareUpgradeResponse(ChannelHandlerContext on, FullHttpRequest request, HttpHeaders fields) {
            var allowed = List.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.OPTIONS).contains(request.method());
            return allowed && request.decoderResult().isSuccess();
        }

        public void upgradeTo(ChannelHandlerContext on, FullHttpRequest request) {
            told.put("protocol", name);
            told.put("content", request.content().toString(StandardCharsets.ISO_8859_1));
        }
    }

    static void addProtocols(EmbeddedChannel channel, Adapter.Case one, Map<String, Object> told) {
        var codec = new HttpServerCodec();
        channel.pipeline().addLast(codec, new HttpServerUpgradeHandler(codec, offered -> {
            var name = Messages.among(one.setup.also, offered.toString());
            if (one.profile.equalsIgnoreCase(offered.toString())) name = one.profile;
            return name == null ? null : new Spoken(name, told);
        }, MOST), new HttpObjectAggregator(MOST), new Pages(), new Counting(told));
    }

    static Adapter.Answer serve(Adapter.Case one) {
        var limited = one.setup.deflate != null && one.setup.deflate.entrySet().stream().anyMatch(
            limit -> !limit.getKey().startsWith("smallest") && !limit.getValue().equals(15.0));
        if (one.setup.connect != null || limited) return null;
        var told = new HashMap<String, Object>();
        var channel = new EmbeddedChannel();
        if (one.isWebSocket()) addWebSocket(channel, one, told);
        else if (one.isMadeUp() || one.profile.equals("none")) addProtocols(channel, one, told);
        else return null;
        give(channel, Messages.octets(one.request), one.end);
        var answer = Messages.serverOutcome(sent(channel), !channel.isOpen(), told);
        channel.close();
        if (one.isWebSocket() && answer.get("outcome").equals("switch")) addParameters(answer);
        return answer;
    }

    @SuppressWarnings("unchecked")
    static void addParameters(Adapter.Answer answer) {
        var head = new Messages.Head("", (List<String>) answer.get("fields"), 0);
        answer.put("deflate", head.value("sec-websocket-extensions"));
    }

    // ---- Clients ----

    static Adapter.Answer askForWebSocket(Adapter.Case one) {
        var asked = Messages.readHead(one.request);
        var offered = asked.value("sec-websocket-protocol");
        var handshaker = WebSocketClientHandshakerFactory.newHandshaker(URI.create("ws://a" + asked.target()),
            WebSocketVersion.V13, offered, true, new DefaultHttpHeaders());
        var answer = new Adapter.Answer("incomplete");
        var compresses = asked.value("sec-websocket-extensions") != null;
        var channel = new EmbeddedChannel(new HttpClientCodec(), new HttpObjectAggregator(MOST),
            compresses ? new WebSocketClientCompressionHandler(MOST) : new ChannelInboundHandlerAdapter(),
            new WebSocketClientProtocolHandler(handshaker), new ChannelInboundHandlerAdapter() {
            public void userEventTriggered(ChannelHandlerContext on, Object event) {
                if (event != WebSocketClientProtocolHandler.ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) return;
                answer.with("outcome", "switched").with("protocol", "websocket")
                    .with("subprotocol", handshaker.actualSubprotocol());
            }

            public void exceptionCaught(ChannelHandlerContext on, Throwable why) {
                var failed = why instanceof WebSocketClientHandshakeException with ? with.response() : null;
                if (!answer.get("outcome").equals("incomplete")) return;
                answer.put("outcome", "failed");
                if (failed != null && failed.status().code() != 101)
                    answer.with("outcome", "refused").with("status", failed.status().code());
            }
        });
        var request = sent(channel);
        if (!Messages.plays(one, request)) return null;
        give(channel, Messages.responseFor(one, request), one.end);
        var told = new Adapter.Answer("");
        told.putAll(answer);
        if (one.end && told.get("outcome").equals("incomplete")) told.put("outcome", "failed");
        channel.close();
        return told;
    }

    /** Reads what comes of a request for another protocol. */
    static class Responses extends ChannelInboundHandlerAdapter {
        final Adapter.Answer answer = new Adapter.Answer("incomplete");
        final boolean connects;

        Responses(boolean connects) {
            this.connects = connects;
        }

        public void channelRead(ChannelHandlerContext on, Object message) {
            if (message instanceof HttpObject one && one.decoderResult().isFailure()) {
                answer.put("outcome", "failed");
                on.close();
                return;
            }
            if (message instanceof HttpResponse response) read(response.status().code());
            if (message instanceof HttpContent some && answer.containsKey("content"))
                answer.put("content", answer.get("content") + some.content().toString(StandardCharsets.ISO_8859_1));
            if (message instanceof LastHttpContent && answer.containsKey("complete")) answer.put("complete", true);
            if (message instanceof ByteBuf octets)
                answer.computeIfPresent("leftover", (key, some) -> (int) some + octets.readableBytes());
        }

        void read(int status) {
            if (status == 101) answer.put("outcome", "failed");  // It was not asked for.
            if (status < 200) return;
            if (connects && status < 300) answer.with("outcome", "tunnel").with("leftover", 0);
            else answer.with("outcome", "refused").with("status", status).with("content", "").with("complete", false);
        }

        public void exceptionCaught(ChannelHandlerContext on, Throwable why) {
            answer.put("outcome", "failed");
            on.close();
        }
    }

    static Adapter.Answer ask(Adapter.Case one) {
        var asked = Messages.readHead(one.request);
        var connects = asked.method().equals("CONNECT");
        // It offers one protocol.
        if (connects != "connect".equals(one.profile)) return null;
        if (!connects && !one.profile.equals(asked.value("upgrade"))) return null;
        var responses = new Responses(connects);
        var codec = new HttpClientCodec();
        var channel = new EmbeddedChannel(codec);
        if (!connects)
            channel.pipeline().addLast(new HttpClientUpgradeHandler(codec, new HttpClientUpgradeHandler.UpgradeCodec() {
                public CharSequence protocol() {
                    return one.profile;
                }

                public Collection<CharSequence> setUpgradeHeaders(ChannelHandlerContext on, HttpRequest request) {
                    return List.of();
                }

                public void upgradeTo(ChannelHandlerContext on, FullHttpResponse response) {
                    var good = response.decoderResult().isSuccess();
                    responses.answer.with("outcome", good ? "switched" : "failed").with("protocol", one.profile);
                    on.pipeline().addLast(new Counting(responses.answer));
                }
            }, MOST));
        channel.pipeline().addLast(responses);
        var content = Unpooled.wrappedBuffer(Messages.octets(one.request.substring(asked.size())));
        var request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.valueOf(asked.method()),
            asked.target(), content);
        for (var pair : asked.pairs())
            if (!List.of("connection", "upgrade").contains(pair.getKey().toLowerCase()))
                request.headers().add(pair.getKey(), pair.getValue());
        channel.writeOutbound(request);
        sent(channel);
        give(channel, Messages.octets(one.response), one.end);
        var answer = new Adapter.Answer("");
        answer.putAll(responses.answer);
        var waits = answer.get("outcome").equals("incomplete") || Boolean.FALSE.equals(answer.get("complete"));
        if (!channel.isOpen() && waits) answer.put("outcome", "failed");
        channel.close();
        return answer;
    }
}
