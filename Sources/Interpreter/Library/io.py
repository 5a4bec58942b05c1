"""A stream of text in memory."""


class StringIO:
    def __init__(self, initial_value="", newline="\n"):
        self._text = initial_value
        self._pos = 0
        self.closed = False

    def write(self, s, /):
        if not isinstance(s, str):
            raise TypeError(f"string argument expected, got {type(s).__name__!r}")
        if self._pos == len(self._text):
            self._text += s
        else:
            self._text = self._text[:self._pos] + s + self._text[self._pos + len(s):]
        self._pos += len(s)
        return len(s)

    def writelines(self, lines, /):
        for line in lines:
            self.write(line)

    def getvalue(self):
        return self._text

    def read(self, size=-1, /):
        end = len(self._text) if size is None or size < 0 else self._pos + size
        text = self._text[self._pos:end]
        self._pos += len(text)
        return text

    def readline(self, size=-1, /):
        end = self._text.find("\n", self._pos)
        end = len(self._text) if end < 0 else end + 1
        return self.read(end - self._pos)

    def readlines(self, hint=-1, /):
        return list(self)

    def __iter__(self):
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def seek(self, pos, whence=0, /):
        self._pos = pos + (0, self._pos, len(self._text))[whence]
        return self._pos

    def tell(self):
        return self._pos

    def truncate(self, size=None, /):
        size = self._pos if size is None else size
        self._text = self._text[:size]
        return size

    def flush(self):
        pass

    def isatty(self):
        return False

    def readable(self):
        return True

    writable = seekable = readable

    def close(self):
        self.closed = True

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.close()
