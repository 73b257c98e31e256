// OkHttp on a socket in memory: its WebSocket, and for other protocols calls with `Connection: Upgrade`.
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import okhttp3.*;
import okio.Buffer;

class WithOkHttp implements Adapter.Library {
    static final OkHttpClient ALL = new OkHttpClient.Builder().retryOnConnectionFailure(false).fastFallback(false)
        .followRedirects(false)  // a case has one connection
        .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
        .dns(name -> List.of(InetAddress.getLoopbackAddress())).build();
    static final long AT_MOST = 2;  // seconds

    /** A connection whose server sends a response once it has a head. */
    static class Memory extends Socket {
        final Adapter.Case one;
        final CountDownLatch done = new CountDownLatch(1);
        final Buffer sent = new Buffer();
        byte[] response;
        int at = 0;
        boolean shut = false;

        Memory(Adapter.Case one) {
            this.one = one;
        }

        synchronized void write(byte[] octets, int from, int size) {
            sent.write(octets, from, size);
            var text = Messages.text(sent.snapshot().toByteArray());
            if (response != null || !text.contains("\r\n\r\n")) return;
            response = Messages.responseFor(one, text);
            notifyAll();
        }

        synchronized int read(byte[] octets, int from, int size) throws IOException {
            while (!shut && (response == null || at == response.length && !one.end)) {
                if (response != null) done.countDown();  // it has read everything, and waits
                try {
                    wait();
                } catch (InterruptedException stopped) {
                    throw new IOException(stopped);
                }
            }
            if (shut) throw new SocketException("Socket closed");
            if (at == response.length) return -1;
            int read = Math.min(size, response.length - at);
            System.arraycopy(response, at, octets, from, read);
            at += read;
            return read;
        }

        public InputStream getInputStream() {
            return new InputStream() {
                public int read() throws IOException {
                    var octet = new byte[1];
                    return read(octet, 0, 1) < 0 ? -1 : octet[0] & 0xFF;
                }

                public int read(byte[] octets, int from, int size) throws IOException {
                    return Memory.this.read(octets, from, size);
                }
            };
        }

        public OutputStream getOutputStream() {
            return new OutputStream() {
                public void write(int octet) {
                    write(new byte[] {(byte) octet}, 0, 1);
                }

                public void write(byte[] octets, int from, int size) {
                    Memory.this.write(octets, from, size);
                }
            };
        }

        public void connect(SocketAddress to, int timeout) {}
        public void setSoTimeout(int timeout) {}
        public int getSoTimeout() { return 0; }
        public boolean isConnected() { return true; }
        public boolean isClosed() { return shut; }
        public void shutdownOutput() {}
        public void shutdownInput() {}

        public synchronized void close() {
            shut = true;
            notifyAll();
        }
    }

    static OkHttpClient clientOn(Memory socket) {
        return ALL.newBuilder().socketFactory(new SocketFactory() {
            public Socket createSocket() { return socket; }
            public Socket createSocket(String host, int port) { return socket; }
            public Socket createSocket(String host, int port, InetAddress from, int local) { return socket; }
            public Socket createSocket(InetAddress host, int port) { return socket; }
            public Socket createSocket(InetAddress host, int port, InetAddress from, int local) { return socket; }
        }).build();
    }

    public Adapter.Answer play(Adapter.Case one) throws Exception {
        var asked = Messages.readHead(one.request);
        if (!one.role.equals("client") || asked == null) return null;
        if (!one.isWebSocket() && !one.isMadeUp()) return null;
        var url = HttpUrl.parse("http://a" + asked.target());
        if (url == null) return null;
        return one.isWebSocket() ? askForWebSocket(one, asked, url) : ask(one, asked, url);
    }

    // ---- WebSocket ----

    static Adapter.Answer askForWebSocket(Adapter.Case one, Messages.Head asked, HttpUrl url) throws Exception {
        var socket = new Memory(one);
        var request = new Request.Builder().url(url);
        var offered = asked.value("sec-websocket-protocol");
        if (offered != null) request.header("Sec-WebSocket-Protocol", offered);
        var answer = new Adapter.Answer("incomplete");
        var peer = clientOn(socket).newWebSocket(request.build(), new WebSocketListener() {
            public void onOpen(WebSocket peer, Response response) {
                tell(new Adapter.Answer("switched").with("protocol", "websocket")
                    .with("subprotocol", response.header("Sec-WebSocket-Protocol")));
            }

            public void onFailure(WebSocket peer, Throwable why, Response response) {
                var refused = response != null && response.code() != 101;
                tell(refused ? new Adapter.Answer("refused").with("status", response.code())
                    : new Adapter.Answer("failed"));
            }

            /** Only the first event counts: what follows it may be no frames. */
            void tell(Adapter.Answer told) {
                if (answer.get("outcome").equals("incomplete")) answer.putAll(told);
                socket.done.countDown();
            }
        });
        socket.done.await(AT_MOST, TimeUnit.SECONDS);
        peer.cancel();
        return Messages.plays(one, Messages.text(socket.sent.snapshot().toByteArray())) ? answer : null;
    }

    // ---- Other protocols ----

    static Adapter.Answer ask(Adapter.Case one, Messages.Head asked, HttpUrl url) throws Exception {
        var content = one.request.substring(asked.size());
        var takesContent = !List.of("GET", "HEAD").contains(asked.method());
        var documented = "upgrade".equalsIgnoreCase(asked.value("connection")) && asked.value("upgrade") != null;
        if (!documented || asked.method().equals("CONNECT") || !takesContent && !content.isEmpty()) return null;
        var request = new Request.Builder().url(url).method(asked.method(),
            takesContent ? RequestBody.create(Messages.octets(content), null) : null);
        for (var pair : asked.pairs())
            if (!pair.getKey().equalsIgnoreCase("content-length")) request.header(pair.getKey(), pair.getValue());
        var socket = new Memory(one);
        var answer = new Adapter.Answer("incomplete");
        var call = clientOn(socket).newCall(request.build());
        var asking = new Thread(() -> {
            try (var response = call.execute()) {
                read(response, asked, answer);
            } catch (IOException | RuntimeException failed) {
                if (answer.get("outcome").equals("incomplete") || Boolean.FALSE.equals(answer.get("complete")))
                    answer.put("outcome", "failed");
            }
            socket.done.countDown();
        });
        asking.start();
        socket.done.await(AT_MOST, TimeUnit.SECONDS);
        var told = new Adapter.Answer("");
        told.putAll(answer);
        call.cancel();
        socket.close();
        return told;
    }

    static void read(Response response, Messages.Head asked, Adapter.Answer answer) throws IOException {
        var octets = new byte[4096];
        if (response.code() == 101) {
            // OkHttp leaves both fields to the program.
            var named = Messages.members(String.join(",", response.headers("Upgrade")));
            var listed = Messages.among(Messages.members(String.join(",", response.headers("Connection"))), "upgrade");
            var offered = Messages.members(asked.value("upgrade"));
            var protocol = named.size() == 1 && listed != null ? Messages.among(offered, named.get(0)) : null;
            if (protocol == null) {
                answer.put("outcome", "failed");
                return;
            }
            answer.with("outcome", "switched").with("protocol", protocol).with("leftover", 0);
            var source = response.socket().getSource();
            var some = new Buffer();
            for (long size; (size = source.read(some, 4096)) >= 0;)
                answer.put("leftover", (int) answer.get("leftover") + (int) size);
            return;
        }
        answer.with("outcome", "refused").with("status", response.code()).with("content", "").with("complete", false);
        var body = response.body().byteStream();
        for (int size; (size = body.read(octets)) >= 0;)
            answer.put("content", answer.get("content") + Messages.text(Arrays.copyOf(octets, size)));
        answer.put("complete", true);
    }
}
