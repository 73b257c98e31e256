"""Cases of tests/vectors from docs/atlas.json: the requests and responses of de facto protocols.

atlas.py writes them to tests/vectors/atlas.json. Protocols with a topic of their own are left out.
"""
import re

OWN_TOPIC = {"websocket", "h2c", "h2", "tcp", "SPDY/3.1", "TLS/1.3", "TLS/1.2", "TLS/1.0",
             "connect-udp", "connect-ip", "webtransport-h3"}
# The requirements of a token's cases.
ROWS = {"tailscale-control-protocol": "WLD-07", "DERP": "WLD-08", "jboss-remoting": "WLD-11",
        "activemq-remoting": "WLD-11", "hornetq-remoting": "WLD-11", "dqlite": "WLD-01", "sftp": "WLD-01",
        "proxmox-backup-protocol-v1": "WLD-01", "proxmox-backup-reader-protocol-v1": "WLD-01",
        "alpn": "WLD-09", "UoTLV/1": "WLD-05", "PTTH/1.0": "WLD-06", "reverse": "WLD-06",
        "reverse-tunnel": "WLD-06", "IF-T/TLS 1.0": "WLD-03", "iroh derp http": "WLD-03",
        "connect-tcp": "CTC-01", "connect-ethernet": "ETH-01"}
UPGRADE = "RFC 9110 section 7.8"


def octets(lines):
    return "".join(line + "\r\n" for line in [*lines, ""])


def lacks_connection(lines):
    return not any(line.lower().startswith("connection:") for line in lines)


def on_request(row, token):
    """What servers make of a row's request, and what relays make of it: outcomes and why; and the level of both."""
    said = row["inspector"]
    ordinary, refused = {"outcome": "ordinary"}, {"outcome": "refuse"}
    silent = {"outcome": "forward", "offers": []}
    if " " in row["tokens"][0]:
        why = "The token is malformed, and a part of it is not another token."
        return ([ordinary, refused], why), ([silent, {**refused, "status": [400]}], why), "must"
    if said == "offer":
        return (([{"outcome": "switch", "protocol": token, "leftover": 0}],
                 "A server may switch to the protocol that a program in production asks for."),
                ([{"outcome": "forward", "offers": [token], "held": 0}, silent],
                 "A relay may forward the offer of a program in production, or leave it out."), "may")
    return (([ordinary, refused, {"outcome": "switch", "protocol": token}],
             "Without Connection, Upgrade may come from another hop."),
            ([silent], "An Upgrade that Connection does not list is not forwarded."), "should")


def on_response(row, token):
    """What clients make of a row's response: outcomes, level, why."""
    switched, failed = {"outcome": "switched", "protocol": token, "leftover": 0}, {"outcome": "failed"}
    if " " in row["tokens"][0]:
        return [failed], "must", "The token of the 101 is malformed, and a part of it is not another token."
    if lacks_connection(row["response"]):
        return [failed, switched], "should", "Without Connection, the Upgrade of a 101 may come from another hop."
    return [switched], "must", "A 101 that names the offered protocol switches, as those of programs in production do."


def cases_of(row, name):
    """The cases of one row."""
    token = row["tokens"][0].split(" ")[0]
    common = {"section": UPGRADE, "tags": ["atlas", "upgrade"]}
    if row["tokens"][0] in ROWS:
        common["requirements"] = [ROWS[row["tokens"][0]]]
    request = octets(row["request"])
    (servers, why_server), (relays, why_relay), level = on_request(row, token)
    yield {"id": f"atlas/{name}", "role": "server", "profile": token, "request": request,
           "expect": servers, "level": level, "why": why_server, **common}
    yield {"id": f"atlas/{name}-forwarded", "role": "relay", "profile": token, "request": request,
           "expect": relays, "level": level, "why": why_relay, **common}
    if "response" not in row:
        return
    expected, level, why = on_response(row, token)
    yield {"id": f"atlas/{name}-answered", "role": "client", "profile": token, "request": request,
           "response": octets(row["response"]), "expect": expected, "level": level, "why": why, **common}


def topic(rows):
    """The topic atlas, with all cases."""
    cases, names = [], set()
    for row in rows:
        if not row["tokens"] or set(row["tokens"]) & OWN_TOPIC or "request" not in row:
            continue
        name = re.sub(r"[^a-z0-9.]+", "-", row["tokens"][0].lower())
        if name in names:
            name += "-" + re.sub(r"[^a-z0-9.]+", "-", row["sign"]["field"].lower())
        names.add(name)
        cases += cases_of(row, name)
    return {"topic": "atlas", "about": "What the programs of docs/atlas.json send and answer: generated "
            "from it by tests/rules/atlas.py.", "cases": cases}
