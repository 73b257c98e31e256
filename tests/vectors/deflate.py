"""What two sides agree on with permessage-deflate, from what they wrote."""
import re


def parameters(element):
    """Name and parameters of an extension that is well-formed."""
    name, *rest = [part.strip() for part in element.split(";")]
    pairs = [part.partition("=") for part in rest]
    return name, {key.strip(): value.strip(' "') if sign else True for key, sign, value in pairs}


def offers_of(value):
    """The offers of permessage-deflate in a value that is well-formed."""
    listed = [parameters(one) for one in (value or "").split(",")]
    return [found for name, found in listed if name == "permessage-deflate"]


def settled(offered, answered):
    """What both sides agree on, by the first offer that the answer fits; null without compression."""
    given = offers_of(answered)
    if not given:
        return None
    given = given[0]
    for one in offers_of(offered):
        keeps = "server_no_context_takeover" not in one or "server_no_context_takeover" in given
        if keeps and ("server_max_window_bits" in given or "server_max_window_bits" not in one):
            hint = one.get("client_max_window_bits", True)
            limit = given.get("client_max_window_bits", True)
            bits = [int(value) for value in (hint, limit) if value is not True]
            return {
                "server_no_context_takeover": "server_no_context_takeover" in given,
                "client_no_context_takeover": "client_no_context_takeover" in {**one, **given},
                "server_max_window_bits": int(given.get("server_max_window_bits", 15)),
                "client_max_window_bits": min(bits, default=15),
            }
    return {"answered": answered}


def offered_by(request):
    """The value of Sec-WebSocket-Extensions in a request."""
    head = request.partition("\r\n\r\n")[0]
    return ", ".join(re.findall(r"(?im)^Sec-WebSocket-Extensions:[ \t]*(.*?)[ \t]*\r?$", head)) or None


def read(case, answer):
    """An answer with the parameters of permessage-deflate in place of the value that they are in."""
    if not isinstance(answer.get("deflate"), str):
        return answer
    try:
        return {**answer, "deflate": settled(offered_by(case["request"]), answer["deflate"])}
    except ValueError:  # A window that is no number.
        return {**answer, "deflate": {"answered": answer["deflate"]}}
