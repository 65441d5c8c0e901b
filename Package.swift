// swift-tools-version: 6.1
import PackageDescription

/// Every target is built in the Swift 6 language mode with the upcoming features that make dependencies explicit.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("ExistentialAny"),
]

/// A module under `Sources`, with what it may import. The order of the lists below is the order of the house: a module
/// depends only on modules above it.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// The tests of the module of the same name, in a folder that mirrors the module's.
func tests(of name: String, _ others: [Target.Dependency] = []) -> Target {
    .testTarget(name: "\(name)Tests", dependencies: [.init(stringLiteral: name)] + others, swiftSettings: settings)
}

/// What the sanitizer and the count of allocations look at: the kernel, the system that runs on it, and their tests.
let kernel: [Target] = [
    .systemLibrary(name: "CGSL", pkgConfig: "gsl", providers: [.apt(["libgsl-dev"])]),
    .systemLibrary(name: "CISAL", pkgConfig: "libisal", providers: [.apt(["libisal-dev"])]),
    .target(name: "CProcessor"),
    module("Simulation", ["CProcessor"]),
    module("ErasureCoding", ["CISAL"]),
    module("Chat", ["ErasureCoding", .product(name: "DequeModule", package: "swift-collections")]),
    module("Workloads", ["Simulation", .product(name: "DequeModule", package: "swift-collections")]),
    module("World", ["Simulation", "Chat"]),
    module("Statistics", ["CGSL", .product(name: "Histogram", package: "hdrhistogram-swift")]),
    tests(of: "Simulation", ["Statistics"]),
    .target(name: "CAllocationCount", path: "Tests/CAllocationCount"),
    tests(of: "Workloads", ["Simulation", "Statistics", "CAllocationCount"]),
    tests(of: "World", ["Chat", "Simulation"]),
]

/// Everything else.
let program: [Target] = [
    module("Scenario", [.product(name: "Yams", package: "Yams")]),
    module("Invariants", ["Chat"]),
    module("Reporting"),
    module(
        "Experiment",
        ["ErasureCoding", "Chat", "Simulation", "World", "Scenario", "Invariants", "Statistics", "Reporting"]),
    module("Exploration", ["Experiment", "Scenario", "Reporting", "Chat"]),
    module("ExplorationStore", ["Exploration", .product(name: "GRDB", package: "GRDB.swift")]),
    .executableTarget(
        name: "confab",
        dependencies: [
            "ExplorationStore", "Exploration", "Experiment", "Scenario", "Reporting", "Simulation", "Workloads",
            .product(name: "ArgumentParser", package: "swift-argument-parser"),
        ],
        swiftSettings: settings),
    tests(of: "ErasureCoding"),
    tests(of: "Chat", ["ErasureCoding"]),
    tests(of: "Scenario"),
    tests(of: "Invariants", ["Chat"]),
    tests(of: "Statistics"),
    tests(of: "Reporting"),
    tests(of: "Experiment", ["Scenario", "Invariants", "Reporting"]),
    tests(of: "Exploration", ["Chat", "Experiment", "Invariants", "Reporting", "Scenario"]),
    tests(of: "ExplorationStore", ["Exploration", .product(name: "GRDB", package: "GRDB.swift")]),
    .testTarget(
        name: "ConfabTests", dependencies: ["confab", "Exploration", "ExplorationStore"], swiftSettings: settings),
]

/// The sanitizer and the count of allocations need builds of their own. `swift test` builds all test targets whatever it runs, so that with this
/// variable in the environment the package is the kernel alone: no command line, no YAML, no SQLite.
let isKernelAlone = Context.environment["CONFAB_KERNEL_ALONE"] == "1"

let package = Package(
    name: "confab",
    products: (isKernelAlone ? [] : [.executable(name: "confab", targets: ["confab"])]) + [
        // What the nested package `Benchmarks` measures.
        .library(name: "Simulation", targets: ["Simulation"]),
        .library(name: "Workloads", targets: ["Workloads"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: kernel + (isKernelAlone ? [] : program)
)
