// swift-tools-version: 6.1
import PackageDescription

/// Every target is built in the Swift 6 language mode with the upcoming features that make dependencies explicit.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("ExistentialAny"),
]

/// A module under `Sources`, with what it may import. The order of the list below is the order of the house: a module
/// depends only on modules above it.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// The tests of the module of the same name, in a folder that mirrors the module's.
func tests(of name: String, _ others: [Target.Dependency] = []) -> Target {
    .testTarget(name: "\(name)Tests", dependencies: [.init(stringLiteral: name)] + others, swiftSettings: settings)
}

/// With names of modules in the environment, such as `CONFAB_TESTS="Workloads World"`, the package is what their tests need. `swift test` builds
/// all test targets, whatever it runs, and the sanitizer and the count of allocations take builds of their own: so they are spared the rest.
func needed(_ targets: [Target]) -> [Target] {
    guard let modules = Context.environment["CONFAB_TESTS"] else { return targets }
    var names = modules.split(separator: " ").map { "\($0)Tests" }
    var found: Set<String> = []
    while let name = names.popLast() {
        guard found.insert(name).inserted, let target = targets.first(where: { $0.name == name }) else { continue }
        for case .byNameItem(let dependency, _) in target.dependencies { names.append(dependency) }
    }
    return targets.filter { found.contains($0.name) }
}

let targets = needed([
    .systemLibrary(name: "CGSL", pkgConfig: "gsl", providers: [.apt(["libgsl-dev"])]),
    .systemLibrary(name: "CISAL", pkgConfig: "libisal", providers: [.apt(["libisal-dev"])]),
    .target(name: "CProcessor"),
    .target(name: "CFileSystem"),
    module("Simulation", ["CProcessor"]),
    module("ErasureCoding", ["CISAL"]),
    module("Chat", ["CProcessor", "ErasureCoding", .product(name: "DequeModule", package: "swift-collections")]),
    module("Workloads", ["Simulation", .product(name: "DequeModule", package: "swift-collections")]),
    module("World", ["Simulation", "Chat", .product(name: "HeapModule", package: "swift-collections")]),
    module("Language", [.product(name: "Yams", package: "Yams")]),
    module("Scenario", ["Language", .product(name: "Yams", package: "Yams")]),
    module("Plan", ["Language", .product(name: "Yams", package: "Yams")]),
    module("Invariants", ["Chat"]),
    module("Statistics", ["CGSL", .product(name: "Histogram", package: "hdrhistogram-swift")]),
    module("Capacity", ["CGSL", "Statistics"]),
    .target(
        name: "Reporting", dependencies: ["CFileSystem"],
        // The pieces of the pages are part of the program: it is one file wherever it is put.
        resources: [
            .embedInCode("TracePage/TracePage.html"), .embedInCode("TracePage/TracePage.css"),
            .embedInCode("TracePage/TraceLayout.js"), .embedInCode("TracePage/TraceDrawing.js"),
            .embedInCode("TracePage/TraceControls.js"), .embedInCode("Document/Page/ReportPage.html"),
            .embedInCode("Document/Page/ReportPage.css"),
        ],
        swiftSettings: settings),
    module(
        "Experiment",
        [
            "ErasureCoding", "Chat", "Simulation", "World", "Language", "Scenario", "Invariants", "Statistics",
            "Reporting",
        ]),
    module("Calibration", ["Experiment", "Scenario", "World", "Reporting"]),
    module("Trials", ["Experiment", "Scenario", "Reporting", "Chat", "Simulation", "Workloads", "Statistics"]),
    module("Planning", ["Language", "Plan", "Capacity", "Reporting"]),
    module(
        "PlanSimulation",
        ["Plan", "Planning", "Trials", "Capacity", "Statistics", "Scenario", "Simulation", "Reporting"]),
    module("Exploration", ["Experiment", "Language", "Scenario", "Reporting", "Chat"]),
    module("ExplorationStore", ["Exploration", .product(name: "GRDB", package: "GRDB.swift")]),
    .executableTarget(
        name: "confab",
        dependencies: [
            "ExplorationStore", "Exploration", "Calibration", "Experiment", "Language", "Scenario", "Plan", "Planning",
            "PlanSimulation",
            "Reporting", "Simulation", "Workloads",
            .product(name: "ArgumentParser", package: "swift-argument-parser"),
        ],
        swiftSettings: settings),
    tests(of: "Simulation", ["Statistics"]),
    tests(of: "ErasureCoding"),
    tests(of: "Chat", ["ErasureCoding"]),
    .target(name: "CAllocationCount", path: "Tests/CAllocationCount"),
    tests(of: "Workloads", ["Simulation", "Statistics", "CAllocationCount"]),
    tests(of: "World", ["Chat", "Simulation"]),
    tests(of: "Language"),
    tests(of: "Scenario", ["Language"]),
    tests(of: "Plan", ["Language"]),
    tests(of: "Invariants", ["Chat"]),
    tests(of: "Statistics"),
    tests(of: "Capacity"),
    tests(of: "Reporting"),
    tests(of: "Experiment", ["Simulation", "Language", "Scenario", "Invariants", "Reporting"]),
    tests(of: "Calibration", ["Experiment", "Scenario", "World", "Reporting"]),
    tests(of: "Trials", ["Capacity", "Scenario", "Simulation", "Statistics"]),
    tests(of: "Planning", ["Language", "Plan", "Reporting"]),
    tests(of: "PlanSimulation", ["Plan", "Trials", "Statistics", "Scenario"]),
    tests(of: "Exploration", ["Chat", "Experiment", "Invariants", "Reporting", "Language", "Scenario"]),
    tests(of: "ExplorationStore", ["Exploration", .product(name: "GRDB", package: "GRDB.swift")]),
    .testTarget(
        name: "ConfabTests", dependencies: ["confab", "Exploration", "ExplorationStore"], swiftSettings: settings),
])

/// What others use: the program, and what the nested package `Benchmarks` measures.
let products: [Product] = [
    .executable(name: "confab", targets: ["confab"]),
    .library(name: "Simulation", targets: ["Simulation"]),
    .library(name: "Workloads", targets: ["Workloads"]),
]

let package = Package(
    name: "confab",
    products: products.filter { product in targets.contains { $0.name == product.name } },
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: targets
)
