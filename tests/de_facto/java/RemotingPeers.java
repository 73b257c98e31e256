// Clients of Artemis and of JBoss Remoting: `artemis PORT` and `jboss PORT` connect by an upgrade.
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyConnectorFactory;
import org.jboss.remoting3.Endpoint;
import org.xnio.OptionMap;

class RemotingPeers {
    static void artemis(int port) throws Exception {
        Map<String, Object> options = new HashMap<>();
        options.put("host", "127.0.0.1");
        options.put("port", port);
        options.put("httpUpgradeEnabled", true);
        var locator = ActiveMQClient.createServerLocatorWithoutHA(
            new TransportConfiguration(NettyConnectorFactory.class.getName(), options));
        locator.setCallTimeout(3000).setConnectionTTL(3000).setReconnectAttempts(0).setInitialConnectAttempts(1);
        locator.createSessionFactory();
    }

    static void jboss(int port) throws Exception {
        var endpoint = Endpoint.builder().setEndpointName("peer").build();
        System.out.println(endpoint.connect(URI.create("remote+http://127.0.0.1:" + port), OptionMap.EMPTY)
            .await(4, java.util.concurrent.TimeUnit.SECONDS));
    }

    public static void main(String[] arguments) {
        try {
            int port = Integer.parseInt(arguments[1]);
            if (arguments[0].equals("artemis")) artemis(port);
            else jboss(port);
            System.out.println("done");
        } catch (Throwable why) {
            System.out.println(why);
        }
        System.exit(0);
    }
}
