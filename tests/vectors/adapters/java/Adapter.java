// Netty or OkHttp as an adapter of score.py: `Adapter netty` or `Adapter okhttp`.
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.LogManager;

class Adapter {
    /** A line of the input. */
    static class Case {
        String id, role, profile, request = "", response = "";
        boolean end;
        Setup setup = new Setup();

        boolean isWebSocket() {
            return "websocket".equals(profile);
        }

        boolean isMadeUp() {
            return List.of("foo/2", "foo/3", "bar").contains(profile == null ? "" : profile);
        }
    }

    static class Setup {
        List<String> also = List.of(), subprotocols = List.of(), origins;
        Map<String, Object> deflate;
        String connect;
    }

    /** A line of the output. */
    static class Answer extends TreeMap<String, Object> {
        Answer(String outcome) {
            put("outcome", outcome);
        }

        Answer with(String key, Object value) {
            put(key, value);
            return this;
        }
    }

    interface Library {
        /** What it does; null for a case that it does not play. */
        Answer play(Case one) throws Exception;
    }

    public static void main(String[] arguments) throws Exception {
        LogManager.getLogManager().reset();
        Library library = arguments[0].equals("netty") ? new WithNetty() : new WithOkHttp();
        Gson json = new GsonBuilder().serializeNulls().disableHtmlEscaping().create();
        var lines = new BufferedReader(new InputStreamReader(System.in));
        for (String line; (line = lines.readLine()) != null;) {
            Case one = json.fromJson(line, Case.class);
            Answer answer = library.play(one);
            System.out.println(json.toJson((answer == null ? new Answer("skip") : answer).with("id", one.id)));
            System.out.flush();
        }
        System.exit(0);
    }
}
