/// The modules `sys` and `__future__`.
enum SysModule {
  static let row = ModuleRow(name: "sys") { (machine) throws(PythonError) in
    let stream = machine.makeType("TextIOWrapper", module: "_io", rows: streamRows)
    stream.allowsAttributes = true
    let output = Value.object(StreamObject(isError: false, type: stream))
    let errors = Value.object(StreamObject(isError: true, type: stream))
    return machine.module(
      "sys",
      rows,
      values: [
        ("stdout", output), ("__stdout__", output), ("stderr", errors), ("__stderr__", errors),
        ("stdin", .none), ("argv", machine.list(machine.scriptArguments.map(machine.string))),
        ("version", machine.string("3.11.7 (graphtui)")),
        ("version_info", try versionInfo(machine)), ("hexversion", .int(0x030B_07F0)),
        ("maxsize", .int(Int.max)), ("maxunicode", .int(0x10FFFF)),
        ("byteorder", machine.string("little")), ("platform", machine.string("linux")),
        ("executable", machine.string("")), ("path", machine.list([])),
        ("modules", try machine.dict([(Value, Value)]())),
        ("float_info", try floatInfo(machine)),
        ("implementation", machine.string("cpython")), ("flags", machine.tuple([])),
        ("dont_write_bytecode", .bool(true)),
        ("builtin_module_names", machine.tuple([])),
      ]
    )
  }

  /// `from __future__ import …` brings nothing that is not there.
  static let future = ModuleRow(name: "__future__") { (machine) throws(PythonError) in
    machine.module(
      "__future__",
      [],
      values: [
        "annotations", "division", "print_function", "absolute_import", "generators",
        "generator_stop", "nested_scopes", "unicode_literals", "with_statement",
      ].map { ($0, machine.string($0)) }
    )
  }

  private static let rows: [BuiltinRow] = [
    BuiltinRow("exit", 0...1) { (machine, a) throws(PythonError) in
      throw machine.raise(
        ExceptionObject(a.positional(), type: machine.types.systemExit)
      )
    },
    BuiltinRow("getrecursionlimit", 0...0) { (machine, _) throws(PythonError) in
      .int(machine.recursionLimit)
    },
    BuiltinRow("setrecursionlimit", 1...1) { (machine, a) throws(PythonError) in
      let limit = try machine.index(a[0])
      if limit < 1 { throw machine.valueError("recursion limit must be greater or equal than 1") }
      // Deeper calls from built-in functions would not fit the native stack.
      machine.recursionLimit = min(limit, 20_000)
      return .none
    },
    BuiltinRow("getsizeof", 1...2) { (machine, _) throws(PythonError) in
      throw machine.notSupported("sys.getsizeof()")
    },
    BuiltinRow("getrefcount", 1...1) { (machine, _) throws(PythonError) in
      throw machine.notSupported("sys.getrefcount()")
    },
    BuiltinRow("_getframe", 0...1) { (machine, _) throws(PythonError) in
      throw machine.notSupported("sys._getframe()")
    },
    BuiltinRow("getdefaultencoding", 0...0) { (machine, _) throws(PythonError) in
      machine.string("utf-8")
    },
    BuiltinRow("intern", 1...1) { (_, a) throws(PythonError) in a[0] },
    BuiltinRow("get_int_max_str_digits", 0...0) { (_, _) throws(PythonError) in
      .int(IntegerText.digitLimit)
    },
    BuiltinRow("exc_info", 0...0) { (machine, _) throws(PythonError) in
      guard let handled = machine.handled else { return machine.tuple([.none, .none, .none]) }
      let value = Value.object(handled)
      let trace =
        try machine.attributeIfAny(value, machine.names.dunderTraceback) ?? .none
      return machine.tuple([.object(machine.type(of: value)), value, trace])
    },
    BuiltinRow("exception", 0...0) { (machine, _) throws(PythonError) in
      machine.handled.map { .object($0) } ?? .none
    },
  ]

  private static let streamRows: [BuiltinRow] = [
    BuiltinRow("write", 1...1) { (machine, a) throws(PythonError) in
      let stream: StreamObject = try machine.receiver(a)
      let text = try machine.requireText(a[1], "write() argument must be str, not ")
      stream.write(text, machine.host)
      return .int(text.unicodeScalars.count)
    },
    BuiltinRow("writelines", 1...1) { (machine, a) throws(PythonError) in
      let stream: StreamObject = try machine.receiver(a)
      for line in try machine.items(a[1]) {
        stream.write(
          try machine.requireText(line, "write() argument must be str, not "),
          machine.host
        )
      }
      return .none
    },
    BuiltinRow("flush", 0...0) { (_, _) throws(PythonError) in .none },
    BuiltinRow("isatty", 0...0) { (_, _) throws(PythonError) in .bool(false) },
    BuiltinRow("fileno", 0...0) { (machine, a) throws(PythonError) in
      .int(try machine.receiver(a, StreamObject.self).isError ? 2 : 1)
    },
    BuiltinRow("reconfigure", keywords: true) { (_, _) throws(PythonError) in .none },
  ]

  private static func versionInfo(_ machine: Machine) throws(PythonError) -> Value {
    structure(
      "sys.version_info",
      [
        ("major", .int(3)), ("minor", .int(11)), ("micro", .int(7)),
        ("releaselevel", machine.string("final")), ("serial", .int(0)),
      ],
      machine
    )
  }

  private static func floatInfo(_ machine: Machine) throws(PythonError) -> Value {
    structure(
      "sys.float_info",
      [
        ("max", .float(Double.greatestFiniteMagnitude)), ("max_exp", .int(1024)),
        ("max_10_exp", .int(308)), ("min", .float(Double.leastNormalMagnitude)),
        ("min_exp", .int(-1021)), ("min_10_exp", .int(-307)), ("dig", .int(15)),
        ("mant_dig", .int(53)), ("epsilon", .float(Double.ulpOfOne)), ("radix", .int(2)),
        ("rounds", .int(1)),
      ],
      machine
    )
  }

  /// A tuple whose items have names, as CPython's struct sequences.
  private static func structure(
    _ name: String,
    _ fields: [(String, Value)],
    _ machine: Machine
  ) -> Value {
    let type = machine.makeType(name, base: machine.types.tuple, layout: .tuple)
    machine.install(
      attributes: fields.indices.map { place in
        AttributeRow(fields[place].0) { (_, value) throws(PythonError) in
          value.object(TupleObject.self)?.items[place] ?? .none
        }
      },
      in: type
    )
    let names = fields.map(\.0)
    machine.install(
      rows: [
        BuiltinRow("__repr__", 0...0) { (machine, a) throws(PythonError) in
          var parts: [String] = []
          for (i, item) in try machine.receiver(a, TupleObject.self).items.enumerated() {
            parts.append("\(names[i])=\(try machine.repr(item))")
          }
          return machine.string("\(name)(\(parts.joined(separator: ", ")))")
        }
      ],
      in: type
    )
    return .object(TupleObject(fields.map(\.1), type: type))
  }
}

/// The module `time`: a script has no clock.
enum TimeModule {
  static let row = ModuleRow(name: "time") { (machine) throws(PythonError) in
    machine.module("time", rows)
  }

  private static let rows: [BuiltinRow] = [
    "time", "perf_counter", "monotonic", "process_time", "thread_time", "sleep", "time_ns",
    "perf_counter_ns", "monotonic_ns", "process_time_ns", "ctime", "localtime", "gmtime",
    "strftime", "asctime", "mktime",
  ].map { name in
    BuiltinRow(name, keywords: true) { (machine, _) throws(PythonError) in
      throw machine.notSupported("time.\(name)(): a script has no clock")
    }
  }
}

/// The module `gc`: there is nothing to collect that a script could see.
enum GarbageModule {
  static let row = ModuleRow(name: "gc") { (machine) throws(PythonError) in
    machine.module(
      "gc",
      [
        BuiltinRow("collect", 0...1, keywords: true) { (_, _) throws(PythonError) in .int(0) },
        BuiltinRow("enable", 0...0) { (_, _) throws(PythonError) in .none },
        BuiltinRow("disable", 0...0) { (_, _) throws(PythonError) in .none },
        BuiltinRow("isenabled", 0...0) { (_, _) throws(PythonError) in .bool(true) },
        BuiltinRow("get_objects", keywords: true) { (machine, _) throws(PythonError) in
          throw machine.notSupported("gc.get_objects()")
        },
        BuiltinRow("get_referrers", keywords: true) { (machine, _) throws(PythonError) in
          throw machine.notSupported("gc.get_referrers()")
        },
      ]
    )
  }
}
