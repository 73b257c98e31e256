"""The intermediaries that are scored: how each is configured and started."""
import contextlib
import pathlib
import re
import sys
import tempfile

from programs import Program, ROOT

sys.path.insert(0, str(ROOT / "tests/proxies"))
import proxies as recipes  # noqa: E402

# What docs/recipes.md does not have: the lines of a file, and the command. {port} is where it listens, {to} its server.
CONFIGURED = {
    "varnish": ("""vcl 4.1;
backend default {{ .host = "127.0.0.1"; .port = "{to}"; }}
sub vcl_recv {{ if (req.http.upgrade ~ "(?i)websocket") {{ return (pipe); }} }}
sub vcl_pipe {{
  if (req.http.upgrade) {{ set bereq.http.upgrade = req.http.upgrade; set bereq.http.connection = req.http.connection; }}
}}
""", ["varnishd", "-F", "-n", "{folder}", "-a", "127.0.0.1:{port}", "-f", "{file}"],
                "the VCL of its page on WebSocket"),
    "squid": ("""http_port 127.0.0.1:{port} accel defaultsite=a no-vhost
cache_peer 127.0.0.1 parent {to} 0 no-query originserver no-digest no-netdb-exchange
http_access allow all
http_upgrade_request_protocols websocket allow all
pid_filename {folder}/pid
access_log none
cache_log {folder}/log
cache deny all
""", ["squid", "-N", "-f", "{file}"], "accel, http_upgrade_request_protocols websocket"),
}
VERSIONS = {**recipes.VERSIONS, "varnish": ["varnishd", "-V"], "squid": ["squid", "-v"]}
NAMES = {"nginx": "nginx", "haproxy": "HAProxy", "apache": "Apache httpd", "caddyfile": "Caddy", "lighttpd": "lighttpd",
         "nghttpx": "nghttpx", "varnish": "Varnish", "squid": "Squid"}


def installed(known):
    """Debian's, with their names in the tables above."""
    for key, name in NAMES.items():
        setup = CONFIGURED[key][2] if key in CONFIGURED else "as in recipes.md"
        command = VERSIONS[key]
        yield key, Program(name, known.said(*command, pattern=r"(\d+\.\d+[.\w]*)"), command[:1], setup)


def commands(known):
    """Those that take their ports on the command line."""
    mine = known.version_of_ours()
    return [
        Program("turnout, relay_proxy", mine, [known.ours("relay_proxy"), "{port}", "{to}"], "examples/relay"),
        Program("turnout, reverse_proxy", mine, [known.ours("reverse_proxy"), "{port}", "{to}"], "examples/reverse_proxy"),
        Program("Go ReverseProxy", known.said("go", "version", pattern=r"go(\d[\d.]*)"),
                known.go_program("reverse-proxy", "{port}", "{to}"), "httputil.ReverseProxy{Rewrite}"),
        Program("Rust pingora", known.rust_here("pingora"), known.rust_program("pingora", "{port}", "{to}"),
                "http_proxy_service"),
        Program("Node http-proxy", known.npm("http-proxy"), known.node_program("http-proxy", "{port}", "{to}"), "ws: true"),
        Program("Node http-proxy-3", known.npm("http-proxy-3"), known.node_program("http-proxy-3", "{port}", "{to}"),
                "ws: true"),
    ]


@contextlib.contextmanager
def configured(key, to):
    """One that has a file: its port."""
    if key not in CONFIGURED:
        page = (ROOT / "docs/recipes.md").read_text()
        blocks = dict(re.findall(r"(?ms)^```(\w+)\n(.*?)^```", page))
        with recipes.proxy(key, blocks[key], to) as port:
            yield port
        return
    lines, command, _ = CONFIGURED[key]
    port = recipes.free_port()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        pathlib.Path(folder).chmod(0o777)
        file = pathlib.Path(folder, "config")
        file.write_text(lines.format(port=port, to=to, folder=folder))
        with recipes.running([part.format(file=file, folder=folder, port=port) for part in command], port):
            yield port
