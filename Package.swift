// swift-tools-version: 6.2
import PackageDescription

/// What every Swift target of the package is built with.
let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
  // Debug builds, hence the tests, check that nobody reads what is being written; a release spends a
  // third of its time on that check.
  .unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release)),
]

let package = Package(
  name: "graphtui",
  products: [
    .library(name: "Autograd", targets: ["Autograd"]),
    .library(name: "GraphLayout", targets: ["GraphLayout"]),
    .executable(name: "graphtui", targets: ["GraphTUI"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/attaswift/BigInt", from: "6.0.1"),
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"),
  ],
  targets: [
    // The program, from the terminal inwards.
    .executableTarget(
      name: "GraphTUI",
      dependencies: [
        "Timeline",
        "Interpreter",
        "Autograd",
        "GraphLayout",
        "CNcurses",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      resources: [.embedInCode("Examples")],
      swiftSettings: settings
    ),
    .target(name: "Timeline", dependencies: ["Interpreter", "Autograd"], swiftSettings: settings),
    .target(
      name: "Interpreter",
      dependencies: [
        "Autograd",
        .product(name: "BigInt", package: "BigInt"),
      ],
      resources: [.embedInCode("Library")],
      swiftSettings: settings
    ),
    .target(name: "Autograd", swiftSettings: settings),
    .target(name: "GraphLayout", swiftSettings: settings),
    .systemLibrary(name: "CNcurses", providers: [.apt(["libncursesw5-dev"])]),

    // Tests, one target a module.
    .testTarget(
      name: "AutogradTests",
      dependencies: ["Autograd"],
      exclude: ["Printing", "Random"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "InterpreterTests",
      dependencies: ["Interpreter"],
      exclude: ["Programs", "SyntaxErrors"],
      swiftSettings: settings
    ),
    .testTarget(name: "TimelineTests", dependencies: ["Timeline"], swiftSettings: settings),
    .testTarget(
      name: "ConformanceTests",
      dependencies: ["Timeline"],
      exclude: ["Cases", "record.py", "known-failures.txt"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "GraphLayoutTests",
      dependencies: ["GraphLayout"],
      exclude: ["Drawings"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "GraphTUITests",
      dependencies: ["GraphTUI"],
      exclude: ["Screens"],
      swiftSettings: settings
    ),
  ],
  swiftLanguageModes: [.v6]
)
