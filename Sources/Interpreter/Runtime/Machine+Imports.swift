/// The import machinery: modules come from a table, never from files.
extension Machine {
  /// Python's `import name`: the module at the end of the dots, or the first where `last` is false.
  func importName(_ name: String, last: Bool) throws(PythonError) -> Value {
    if name.hasPrefix(".") {
      throw error(
        types.importError,
        "attempted relative import with no known parent package"
      )
    }
    let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    var dotted = ""
    var first: ModuleObject?
    var current: ModuleObject?
    for part in parts {
      let parent = current
      dotted = dotted.isEmpty ? part : dotted + "." + part
      let module = try load(dotted, part, in: parent)
      if first == nil { first = module }
      current = module
    }
    guard let result = last ? current : first else { throw moduleNotFound(name) }
    return .object(result)
  }

  /// Python's `from module import name`.
  func importFrom(_ module: Value, _ name: Symbol) throws(PythonError) -> Value {
    if symbols.name(name) == "*" { return try importAll(module) }
    let found = try findAttribute(module, name)
    if !found.isUnbound { return found }
    guard let module = module.object(ModuleObject.self) else {
      throw error(types.importError, "cannot import name '\(symbols.name(name))'")
    }
    let dotted = module.name + "." + symbols.name(name)
    if moduleMaker(dotted) != nil {
      return .object(try load(dotted, symbols.name(name), in: module))
    }
    let thrown = error(
      types.importError,
      "cannot import name '\(symbols.name(name))' from '\(module.name)' (unknown location)"
    )
    let attributes = AttributeTable()
    attributes[names.name] = string(module.name)
    raised?.attributes = attributes
    throw thrown
  }

  private func importAll(_ module: Value) throws(PythonError) -> Value {
    guard let module = module.object(ModuleObject.self), let table = module.attributes,
      let frame
    else { return .none }
    let globals = frame.pointee.function.globals
    if let all = table[names.dunderAll] {
      for name in try items(all) {
        let symbol = try attributeName(name)
        globals[symbol] = try attribute(.object(module), symbol)
      }
      return .none
    }
    for (key, value) in entries(of: table) where !symbols.name(key).hasPrefix("_") {
      globals[key] = value
    }
    return .none
  }

  private func load(
    _ dotted: String,
    _ part: String,
    in parent: ModuleObject?
  ) throws(PythonError) -> ModuleObject {
    if let module = modules[dotted] { return module }
    if let make = moduleMaker(dotted) {
      let module = try make(self)
      modules[dotted] = module
      if let parent { parent.attributes?[symbols.symbol(part)] = .object(module) }
      return module
    }
    if let parent {
      let found = try findAttribute(.object(parent), symbols.symbol(part))
      if let module = found.object(ModuleObject.self) { return module }
      if KnownModules.packages.contains(parent.name) {
        throw notSupported("the module '\(dotted)'")
      }
      throw moduleNotFound(
        dotted,
        "No module named '\(dotted)'; '\(parent.name)' is not a package"
      )
    }
    if KnownModules.names.contains(dotted) { throw notSupported("the module '\(dotted)'") }
    throw moduleNotFound(dotted)
  }

  /// Whether a module of that dotted name can be imported.
  func hasModule(_ name: String) -> Bool { moduleMaker(name) != nil }

  private func moduleMaker(
    _ name: String
  ) -> (@Sendable (Machine) throws(PythonError) -> ModuleObject)? {
    for row in Self.moduleRows where row.name == name { return row.make }
    return nil
  }

  private func moduleNotFound(_ name: String, _ message: String? = nil) -> PythonError {
    let thrown = error(types.moduleNotFoundError, message ?? "No module named '\(name)'")
    let attributes = AttributeTable()
    attributes[names.name] = string(name)
    raised?.attributes = attributes
    return thrown
  }
}

/// Modules that Python and PyTorch's surroundings have and this program may lack.
enum KnownModules {
  /// The packages whose submodules are real where they are missing here.
  static let packages: Set<String> = [
    "torch", "torch.nn", "torch.autograd", "torch.optim", "torch.utils", "collections", "os",
    "numpy",
  ]

  /// Python's own modules and numpy.
  static let names: Set<String> = Set(
    """
    abc aifc argparse array ast asynchat asyncio asyncore atexit audioop base64 bdb binascii bisect
    builtins bz2 cProfile calendar cgi cgitb chunk cmath cmd code codecs codeop collections
    colorsys compileall concurrent configparser contextlib contextvars copy copyreg crypt csv ctypes
    curses dataclasses datetime dbm decimal difflib dis distutils doctest email encodings ensurepip
    enum errno faulthandler fcntl filecmp fileinput fnmatch fractions ftplib functools gc getopt
    getpass gettext glob graphlib grp gzip hashlib heapq hmac html http imaplib imghdr imp importlib
    inspect io ipaddress itertools json keyword lib2to3 linecache locale logging lzma mailbox
    mailcap marshal math mimetypes mmap modulefinder msilib multiprocessing netrc nis nntplib ntpath
    numbers numpy opcode operator optparse os ossaudiodev pathlib pdb pickle pickletools pipes
    pkgutil platform plistlib poplib posix posixpath pprint profile pstats pty pwd py_compile pyclbr
    pydoc pyexpat queue quopri random re readline reprlib resource rlcompleter runpy sched secrets
    select selectors shelve shlex shutil signal site smtpd smtplib sndhdr socket socketserver spwd
    sqlite3 ssl stat statistics string stringprep struct subprocess sunau symtable sys sysconfig
    syslog tabnanny tarfile telnetlib tempfile termios textwrap this threading time timeit tkinter
    token tokenize tomllib torch trace traceback tracemalloc tty turtle turtledemo types typing
    unicodedata unittest urllib uu uuid venv warnings wave weakref webbrowser wsgiref xdrlib xml
    xmlrpc zipapp zipfile zipimport zlib zoneinfo
    """.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init)
  )
}
