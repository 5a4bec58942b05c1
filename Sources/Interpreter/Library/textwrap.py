"""Wrapping and indenting text."""


def _words(text, break_on_hyphens):
    """The text cut into words and the spaces between them."""
    chunks, word = [], ""
    for char in text:
        if char == " ":
            if word and word[-1] != " ":
                chunks.append(word)
                word = ""
        elif word and word[-1] == " ":
            chunks.append(word)
            word = ""
        word += char
    if word:
        chunks.append(word)
    if not break_on_hyphens:
        return chunks
    result = []
    for chunk in chunks:
        start = 0
        for i in range(1, len(chunk) - 1):
            before, after = chunk[start:i], chunk[i + 1]
            letters = len(before) >= 2 and before[-1].isalpha() and before[-2].isalpha()
            if chunk[i] == "-" and letters and chunk[i + 1:i + 3].isalpha() and after.isalpha():
                result.append(chunk[start:i + 1])
                start = i + 1
        result.append(chunk[start:])
    return result


class TextWrapper:
    def __init__(
        self, width=70, initial_indent="", subsequent_indent="", expand_tabs=True,
        replace_whitespace=True, fix_sentence_endings=False, break_long_words=True,
        drop_whitespace=True, break_on_hyphens=True, tabsize=8, *, max_lines=None,
        placeholder=" [...]"
    ):
        self.width = width
        self.initial_indent = initial_indent
        self.subsequent_indent = subsequent_indent
        self.expand_tabs = expand_tabs
        self.replace_whitespace = replace_whitespace
        self.break_long_words = break_long_words
        self.drop_whitespace = drop_whitespace
        self.break_on_hyphens = break_on_hyphens
        self.tabsize = tabsize
        self.max_lines = max_lines
        self.placeholder = placeholder

    def wrap(self, text):
        if self.width <= 0:
            raise ValueError(f"invalid width {self.width!r} (must be > 0)")
        if self.expand_tabs:
            text = text.expandtabs(self.tabsize)
        if self.replace_whitespace:
            for char in "\t\n\x0b\x0c\r":
                text = text.replace(char, " ")
        chunks = _words(text, self.break_on_hyphens)[::-1]
        lines = []
        while chunks:
            indent = self.subsequent_indent if lines else self.initial_indent
            width = self.width - len(indent)
            if self.drop_whitespace and not chunks[-1].strip() and lines:
                chunks.pop()
            line, size = [], 0
            while chunks and size + len(chunks[-1]) <= width:
                size += len(chunks[-1])
                line.append(chunks.pop())
            if chunks and len(chunks[-1]) > width:
                space = max(1, width - size)
                if self.break_long_words:
                    line.append(chunks[-1][:space])
                    chunks[-1] = chunks[-1][space:]
                elif not line:
                    line.append(chunks.pop())
            if self.drop_whitespace and line and not line[-1].strip():
                line.pop()
            if not line:
                continue
            if self.max_lines is None or len(lines) + 1 < self.max_lines or not chunks:
                lines.append(indent + "".join(line))
                continue
            while line:
                if line[-1].strip() and sum(map(len, line)) + len(self.placeholder) <= width:
                    lines.append(indent + "".join(line) + self.placeholder)
                    break
                line.pop()
            else:
                lines.append(indent + self.placeholder.lstrip())
            break
        return lines

    def fill(self, text):
        return "\n".join(self.wrap(text))


def wrap(text, width=70, **kwargs):
    return TextWrapper(width=width, **kwargs).wrap(text)


def fill(text, width=70, **kwargs):
    return TextWrapper(width=width, **kwargs).fill(text)


def shorten(text, width, **kwargs):
    return TextWrapper(width=width, max_lines=1, **kwargs).fill(" ".join(text.strip().split()))


def dedent(text):
    lines = text.split("\n")
    lines = ["" if not line.strip() else line for line in lines]
    margin = None
    for line in lines:
        if not line:
            continue
        indent = line[:len(line) - len(line.lstrip(" \t"))]
        if margin is None:
            margin = indent
            continue
        shared = 0
        while shared < min(len(margin), len(indent)) and margin[shared] == indent[shared]:
            shared += 1
        margin = margin[:shared]
    return "\n".join(line[len(margin):] if margin else line for line in lines)


def indent(text, prefix, predicate=None):
    predicate = predicate or str.strip
    return "".join(
        prefix + line if predicate(line) else line for line in text.splitlines(True)
    )
