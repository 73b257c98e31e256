"""Everything public has its docstring: a `///` is right before each function, class and enum.

Not namespace detail, private parts, comparisons, what is defaulted. Knows the house's C++ only.
"""
import re

import house

TOKEN = re.compile(
    r"""(?xsm) (?P<doc>///(?!<)[^\n]*) | //[^\n]* | /\*.*?\*/ | ^[ \t]*\#[^\n]*
    | (?P<gap>\n[ \t]*(?=\n)) | (?P<access>\b(?:public|private|protected)\s*:(?!:))
    | (?P<text>"(?:\\.|[^"\\])*" | (?<!\w)'(?:\\.|[^'\\])+' | \w+ | .)""")
CONFUSING = re.compile(r"template\s*<(?:[^<>]|<(?:[^<>]|<[^<>]*>)*>)*>\s*|\[\[.*?\]\]\s*")
OPERATOR = re.compile(r"\boperator\s*(\(\)|[^\s\w(]+)")
CLASS = re.compile(r"(?s)(?:requires\b.*)?\b(class|struct|union|enum)\b[^(]*$")
EXEMPT = re.compile(r"(?s)^static_assert\b|\bfriend\b.*;$|=\s*(default|delete);$|operator(==|<=>)")
FUNCTION = re.compile(r"(?=[\w~:])[^=(]*?(::)?(~?\w+)\s*\(")


class Reader:
    def __init__(self, header, text):
        self.header, self.public = header, []  # public: whether each scope around is
        self.parens = self.shut = 0  # shut: how many braces deep in what is not looked at
        self.begin()
        for token in TOKEN.finditer(text):
            self.take(token.lastgroup, token[0], text.count("\n", 0, token.start()) + 1)

    def begin(self):
        self.declaration, self.documented = "", False

    def take(self, kind, text, line):
        if self.shut:
            self.shut += (text == "{") - (text == "}")
            if self.shut or self.resumes:
                return
        elif kind in ("doc", "gap") and not self.declaration:
            self.documented = kind == "doc"
        elif kind == "access":
            self.public[-1] = text.startswith("public")
        elif text == "{":
            self.open_brace()
        elif text == "}":
            self.public.pop()
        elif kind == "text" and (self.declaration or not text.isspace()):
            self.line = self.line if self.declaration else line
            self.declaration += text
            self.parens += (text == "(") - (text == ")")
        if kind == "access" or text == "}" or (text == ";" and not self.parens):
            self.see_function()
            self.begin()

    def open_brace(self):
        head = CONFUSING.sub("", self.declaration)
        if re.match(r"(inline )?namespace\b", head):
            self.public.append("detail" not in head)
        elif found := not self.parens and CLASS.match(head):
            self.ask_for_docstring(head.strip())
            self.public.append(found[1] != "class")
        else:
            # Braces in parentheses and those of a requires expression end no declaration.
            self.resumes = self.parens > 0 or bool(re.search(r"\brequires\s*(\(.*\))?\s*$", head))
            self.shut = 1
            return
        self.begin()

    def see_function(self):
        head = OPERATOR.sub("operator_", CONFUSING.sub("", self.declaration))
        # Not what is declared elsewhere either (x::f), nor a friend that is only named here.
        if (found := FUNCTION.match(head)) and not found[1] and not EXEMPT.search(self.declaration):
            self.ask_for_docstring(found[2] + "()")

    def ask_for_docstring(self, what):
        if all(self.public) and not self.documented:
            house.fault(self.header, self.line, f"{what} has no docstring")


for path, lines in house.headers():
    Reader(house.include / path, "\n".join(lines))
house.finish()
