// Java's servers, as their documentation starts them: `SERVER PORT`. All of them echo.
import io.undertow.Undertow;
import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.core.BufferedTextMessage;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpoint;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsContextListener;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;
import org.java_websocket.WebSocket;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;

public class Scored {
    @ServerEndpoint("/echo")
    public static class TomcatEcho {
        @OnMessage
        public String onMessage(String text) {
            return text;
        }
    }

    static void tomcat(int port) throws Exception {
        var tomcat = new Tomcat();
        tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
        tomcat.setHostname("127.0.0.1");
        tomcat.setPort(port);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        var context = tomcat.addContext("", null);
        context.addApplicationListener(WsContextListener.class.getName());
        Tomcat.addServlet(context, "default", "org.apache.catalina.servlets.DefaultServlet");
        context.addServletMappingDecoded("/", "default");
        context.addServletContainerInitializer((classes, servlets) -> {
        }, null);
        tomcat.start();
        var container = (ServerContainer) context.getServletContext().getAttribute(ServerContainer.class.getName());
        container.addEndpoint(TomcatEcho.class);
        tomcat.getServer().await();
    }

    @org.eclipse.jetty.websocket.api.annotations.WebSocket
    public static class JettyEcho {
        @org.eclipse.jetty.websocket.api.annotations.OnWebSocketMessage
        public void onMessage(Session session, String text) {
            session.sendText(text, Callback.NOOP);
        }
    }

    static void jetty(int port) throws Exception {
        var server = new Server();
        var connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        server.addConnector(connector);
        server.setHandler(WebSocketUpgradeHandler.from(server, container ->
            container.addMapping("/echo", (request, response, callback) -> new JettyEcho())));
        server.start();
        server.join();
    }

    static void undertow(int port) {
        Undertow.builder().addHttpListener(port, "127.0.0.1").setHandler(io.undertow.Handlers.websocket((exchange, peer) -> {
            peer.getReceiveSetter().set(new AbstractReceiveListener() {
                protected void onFullTextMessage(WebSocketChannel on, BufferedTextMessage message) {
                    WebSockets.sendText(message.getData(), on, null);
                }
            });
            peer.resumeReceives();
        })).build().start();
    }

    static void javaWebSocket(int port) {
        new WebSocketServer(new InetSocketAddress("127.0.0.1", port)) {
            public void onOpen(WebSocket peer, ClientHandshake handshake) {}
            public void onClose(WebSocket peer, int code, String reason, boolean remote) {}
            public void onError(WebSocket peer, Exception error) {}
            public void onStart() {}
            public void onMessage(WebSocket peer, String text) {
                peer.send(text);
            }
        }.run();
    }

    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[1]);
        switch (arguments[0]) {
            case "tomcat" -> tomcat(port);
            case "jetty" -> jetty(port);
            case "undertow" -> undertow(port);
            case "java-websocket" -> javaWebSocket(port);
        }
    }
}
