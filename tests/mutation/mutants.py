"""Small changes of headers, each of which should make a test fail."""
import dataclasses
import hashlib
import re

# What is looked for in code without comments and texts, and what comes in its place. Binary
# operators have a space on both sides, so that no bracket of a template is one.
SWAPS = [(re.compile(rf"(?<= ){re.escape(old)}(?= )"), new) for old, new in [
    ("<", "<="), ("<=", "<"), (">", ">="), (">=", ">"), ("==", "!="), ("!=", "=="),
    ("&&", "||"), ("||", "&&"), ("+", "-"), ("-", "+"), ("*", "+"), ("/", "*"), ("%", "+"),
    ("<<", ">>"), (">>", "<<"), ("&", "|"), ("|", "&"), ("^", "|"),
    ("+=", "-="), ("-=", "+="), ("|=", "&="), ("&=", "|=")]] + [
    (re.compile(r"\+\+"), "--"), (re.compile(r"--"), "++"),
    (re.compile(r"(?<![\w!])!(?=[\w(*])"), ""),
    (re.compile(r"\btrue\b"), "false"), (re.compile(r"\bfalse\b"), "true"),
    (re.compile(r"(?<=\breturn )(?!\{\};|iterator\{\};|true;|false;)[^;\n]+(?=;)"), "{}"),
    # A row of a table; a statement that assigns or calls.
    (re.compile(r"(?<=\n)    \{[^\n]*\},(?=\n)"), ""),
    (re.compile(r"(?<=[;{)]\n)( +)(?!return\b|using\b|case\b|friend\b|constexpr\b|const\b|static\b)"
                r"(?:\(void\))?[\w.>\[\]-]+(?: [|&+-]?= [^;\n]+|\([^;\n]*\));(?=\n)"), ""),
]
NUMBER = re.compile(r"(?<![\w.'])(0x[0-9A-Fa-f]+|\d+)(?=[uUlL]*\b)(?!['.])")
CHARACTER = re.compile(r"'(\\x[0-9A-Fa-f]{2}|\\.|[^'\\])'")
MEMBER = re.compile(r"\b(\w+)::(\w+)\b")
ENUMERATION = re.compile(r"enum class (\w+)[^{;]*\{([^}]*)\}")
NO_CODE = re.compile(r'//[^\n]*|^#(?:[^\n]*\\\n)*[^\n]*|"(?:[^"\\\n]|\\.)*"|\[\[[^\]\n]*\]\]'
                     r"|\bstatic_assert\((?:[^;])*;|\btemplate <[^\n]*|\boperator\S+", re.MULTILINE)


@dataclasses.dataclass(frozen=True)
class Mutant:
    """A header with one place changed."""
    header: str
    begin: int
    end: int
    new: str
    before: str  # the lines of the place
    after: str

    def __str__(self):
        return f"{self.header}: {self.before} => {self.after}"

    def order(self, seed):
        """A number that depends on nothing but the change itself: other changes of the header do
        not change a sample."""
        return hashlib.sha256(f"{seed} {self}".encode()).hexdigest()

    def applied_to(self, text):
        return text[:self.begin] + self.new + text[self.end:]


def squeezed(text):
    return " ".join(text.split())


def blank(match):
    """Spaces in place of what is no code, as long as that was."""
    return re.sub(r"[^\n]", " ", match.group())


def enumerations(texts):
    """The members of each enumeration, by its name."""
    found = {}
    for text in texts:
        for name, members in ENUMERATION.findall(NO_CODE.sub(blank, text)):
            found[name] = re.findall(r"^\s*(\w+)", members.replace(",", ",\n"), re.MULTILINE)
    return found


def is_first_member(expression, members):
    """True for the first member of an enumeration: its value is 0 in those that begin with it."""
    one = MEMBER.fullmatch(expression)
    return bool(one) and one.group(2) in members.get(one.group(1), [])[:1]


def changes(text, members):
    """The places in a header and what comes there: (begin, end, new)."""
    code = NO_CODE.sub(blank, text)
    bare = CHARACTER.sub(blank, code)
    for what, new in SWAPS:
        for one in what.finditer(bare):
            if not is_first_member(one.group(), members):  # that is {}
                yield one.start(), one.end(), new
    for one in NUMBER.finditer(bare):
        yield one.start(), one.end(), str(int(one.group(), 0) + 1)
    for one in CHARACTER.finditer(code):
        octet = one.group(1)
        if len(octet) == 1:
            yield one.start(), one.end(), f"'{'_' if octet == '&' else chr(ord(octet) + 1)}'"
        else:
            yield one.start(), one.end(), "'\\x01'"
    for one in MEMBER.finditer(bare):
        others = members.get(one.group(1), [])
        if one.group(2) in others:
            at = (others.index(one.group(2)) + 1) % len(others)
            yield one.start(2), one.end(2), others[at]


def mutants(header, text, members):
    """All of one header."""
    for begin, end, new in changes(text, members):
        first = text.rfind("\n", 0, begin) + 1
        last = text.find("\n", end)
        before = squeezed(text[first:last])
        after = squeezed(text[first:begin] + new + text[end:last])
        yield Mutant(header, begin, end, new, before, after)
