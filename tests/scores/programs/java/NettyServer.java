// Netty's WebSocket server, as its example has it, with an answer for ordinary requests: `PORT`.
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.*;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.codec.http.websocketx.extensions.compression.WebSocketServerCompressionHandler;

public class NettyServer {
    static class Pages extends SimpleChannelInboundHandler<FullHttpRequest> {
        protected void channelRead0(ChannelHandlerContext on, FullHttpRequest request) {
            var bad = !request.decoderResult().isSuccess();
            var answer = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1,
                bad ? HttpResponseStatus.BAD_REQUEST : HttpResponseStatus.NOT_FOUND);
            HttpUtil.setContentLength(answer, 0);
            var stays = !bad && HttpUtil.isKeepAlive(request);
            HttpUtil.setKeepAlive(answer, stays);
            var sent = on.writeAndFlush(answer);
            if (!stays) sent.addListener(ChannelFutureListener.CLOSE);
        }
    }

    static class Echo extends SimpleChannelInboundHandler<TextWebSocketFrame> {
        protected void channelRead0(ChannelHandlerContext on, TextWebSocketFrame frame) {
            on.writeAndFlush(frame.retain());
        }
    }

    public static void main(String[] arguments) throws InterruptedException {
        new ServerBootstrap().group(NettyPeer.LOOPS).channel(NioServerSocketChannel.class)
            .childHandler(NettyPeer.with(channel -> channel.pipeline().addLast(
                new HttpServerCodec(), new HttpObjectAggregator(65536), new WebSocketServerCompressionHandler(65536),
                new WebSocketServerProtocolHandler("/echo", null, true), new Pages(), new Echo())))
            .bind("127.0.0.1", Integer.parseInt(arguments[0])).sync().channel().closeFuture().sync();
    }
}
