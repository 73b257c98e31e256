// Heads in octets, and the lists that programs read in fields.
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

class Messages {
    /** A head: its start line, its field lines, and its size with the empty line. */
    record Head(String start, List<String> fields, int size) {
        /** The value of all lines with a name as one list; null if there is none. */
        String value(String name) {
            var found = fields.stream().filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).trim()).toList();
            return found.isEmpty() ? null : String.join(", ", found);
        }

        String method() {
            return start.split(" ")[0];
        }

        String target() {
            return start.split(" ")[1];
        }

        int status() {
            return Integer.parseInt(start.split(" ")[1]);
        }

        /** The fields, each as name and value. */
        List<Map.Entry<String, String>> pairs() {
            return fields.stream().filter(line -> line.contains(":")).map(line -> {
                int colon = line.indexOf(':');
                return Map.entry(line.substring(0, colon), line.substring(colon + 1).trim());
            }).toList();
        }
    }

    static String text(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The head at the front of octets; null if it is not whole. */
    static Head readHead(String all) {
        int end = all.indexOf("\r\n\r\n");
        if (end < 0) return null;
        var lines = Arrays.asList(all.substring(0, end).split("\r\n"));
        return new Head(lines.get(0), lines.subList(1, lines.size()), end + 4);
    }

    /** All heads of the responses that a server has sent, each with Content-Length if it has content. */
    static List<Head> readResponses(String all) {
        var found = new ArrayList<Head>();
        for (Head head; (head = readHead(all)) != null;) {
            found.add(head);
            if (head.status() == 101) break;
            var length = head.value("content-length");
            int size = length == null ? 0 : Integer.parseInt(length);
            all = all.substring(Math.min(all.length(), head.size() + size));
        }
        return found;
    }

    /** What a server has made of the requests that it got; `switched` is what it knows about a 101. */
    static Adapter.Answer serverOutcome(String sent, boolean closed, Map<String, Object> switched) {
        var all = readResponses(sent);
        var finals = all.stream().filter(one -> one.status() >= 200 || one.status() == 101).toList();
        if (finals.isEmpty()) return new Adapter.Answer(closed ? "close" : "incomplete");
        var last = finals.get(finals.size() - 1);
        int status = last.status();
        var answer = new Adapter.Answer(status == 101 ? "switch" : status == 200 ? "ordinary" : "refuse")
            .with("before", finals.size() - 1).with("fields", last.fields());
        if (status != 101) return answer.with("status", status).with("close", closed);
        answer.putAll(switched);
        return answer.with("continue", all.stream().anyMatch(one -> one.status() == 100));
    }

    static List<String> members(String list) {
        return Stream.of((list == null ? "" : list).split(",")).map(String::trim).filter(one -> !one.isEmpty())
            .collect(Collectors.toList());
    }

    /** The one of some names that is equal to another one, ignoring case; null if there is none. */
    static String among(List<String> names, String wanted) {
        return names.stream().filter(wanted::equalsIgnoreCase).findFirst().orElse(null);
    }

    static String acceptFor(Head request) {
        try {
            var key = request.value("sec-websocket-key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
            return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(octets(key)));
        } catch (java.security.NoSuchAlgorithmException error) {
            throw new IllegalStateException(error);
        }
    }

    /** The response of a case, in which the right accept value becomes that for the client's own key. */
    static byte[] responseFor(Adapter.Case one, String sent) {
        return octets(one.response.replace(acceptFor(readHead(one.request)), acceptFor(readHead(sent))));
    }

    /** True if a client that has sent such a request plays the case: what it offers matters only to its answer. */
    static boolean plays(Adapter.Case one, String sent) {
        var offered = readHead(sent).value("sec-websocket-extensions");
        var wanted = readHead(one.request).value("sec-websocket-extensions");
        return java.util.Objects.equals(offered, wanted)
            || wanted == null && !one.response.toLowerCase().contains("sec-websocket-extensions");
    }
}
