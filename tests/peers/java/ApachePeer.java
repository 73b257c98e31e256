// Apache's HttpClient 5 with an offer of TLS (RFC 2817): `page URL` prints the status and the size of the
// page. The offer is made by hand: RequestConfig's protocolUpgradeEnabled did not make it with 5.6.5, because
// the client writes "Connection: keep-alive" before.
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.io.entity.EntityUtils;

class ApachePeer {
    public static void main(String[] arguments) throws Exception {
        var page = new HttpGet(arguments[1]);
        page.addHeader("Connection", "Upgrade");
        page.addHeader("Upgrade", "TLS/1.2");
        try (var client = HttpClients.createDefault()) {
            String said = client.execute(page, response ->
                response.getCode() + " " + EntityUtils.toString(response.getEntity()).length());
            System.out.println(said);
        }
    }
}
