"""Constants of characters, and templates."""

whitespace = " \t\n\r\v\f"
ascii_lowercase = "abcdefghijklmnopqrstuvwxyz"
ascii_uppercase = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ascii_letters = ascii_lowercase + ascii_uppercase
digits = "0123456789"
hexdigits = digits + "abcdef" + "ABCDEF"
octdigits = "01234567"
punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
printable = digits + ascii_letters + punctuation + whitespace


def capwords(s, sep=None):
    return (sep or " ").join(word.capitalize() for word in s.split(sep))


class Template:
    """Text with $names to be replaced."""

    def __init__(self, template):
        self.template = template

    def _replace(self, values, safe):
        text, result, i = self.template, "", 0
        while i < len(text):
            if text[i] != "$":
                result += text[i]
                i += 1
                continue
            if text[i + 1:i + 2] == "$":
                result += "$"
                i += 2
                continue
            braced = text[i + 1:i + 2] == "{"
            start = end = i + (2 if braced else 1)
            while end < len(text) and text[end].isascii() and text[start:end + 1].isidentifier():
                end += 1
            name = text[start:end]
            stop = end + 1 if braced else end
            if not name or (braced and text[end:end + 1] != "}"):
                if not safe:
                    line = text.count("\n", 0, i) + 1
                    column = i - text.rfind("\n", 0, i)
                    raise ValueError(
                        f"Invalid placeholder in string: line {line}, col {column}"
                    )
                result += "$"
                i += 1
                continue
            if safe and name not in values:
                result += text[i:stop]
            else:
                result += str(values[name])
            i = stop
        return result

    def substitute(self, mapping={}, /, **kws):
        return self._replace({**mapping, **kws}, False)

    def safe_substitute(self, mapping={}, /, **kws):
        return self._replace({**mapping, **kws}, True)
