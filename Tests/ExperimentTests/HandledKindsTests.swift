import Experiment
import Foundation
import Synchronization
import Testing
import World

@testable import Scenario

/// The table of what the servers of each tier handle, held against what they do handle in the runs of all scenario files.
@Suite("Kinds that can cost something")
struct HandledKindsTests {
    private struct Handled: Hashable {
        let tier: TierName
        let kind: String
    }

    private static let names = Dictionary(uniqueKeysWithValues: HandledKind.all.map { ($0.number, $0.name) })

    /// What servers handle in a run of a file. Several tests look at it, and it happens once.
    private static func handled(in name: String) throws -> Set<Handled> {
        if let known = found.withLock({ $0[name] }) { return known }
        let text = try String(contentsOf: ScenarioFileTests.folder.appendingPathComponent(name), encoding: .utf8)
        let scenario = try Scenario.load(text: text, file: name, isCheck: true)
        let samples = try MeteredRun(scenario, readNanoseconds: { 0 }).run()
        let handled = Set(samples.map { Handled(tier: TierName($0.tier), kind: names[$0.kindNumber] ?? "?") })
        for one in handled {
            #expect(scenario.reasonWithout(one.kind, on: one.tier) == nil, "\(name): \(one.tier.rawValue).\(one.kind)")
        }
        found.withLock { $0[name] = handled }
        return handled
    }

    private static let found = Mutex<[String: Set<Handled>]>([:])

    @Test("each is one that a component knows, once on each tier")
    func known() {
        for tier in TierName.allCases {
            let names = HandledName.all(of: tier).map(\.name)
            #expect(Set(names).count == names.count)
            for name in names { #expect(HandledKind(name: name) != nil, "\(tier.rawValue).\(name)") }
        }
    }

    @Test("whatever a server handles can cost something", arguments: ScenarioFileTests.names)
    func complete(name: String) throws {
        #expect(try !Self.handled(in: name).isEmpty)
    }

    /// What happens so seldom that no file comes into it under its own seed.
    private static let seldom: Set<String> = [
        "chat_server.groups_rejected", "chat_server.balancing_adopt", "chat_server.balancing_adopted",
        "storage.replication_missing", "cache.scan",
    ]

    @Test("whatever can cost something happens in some file")
    func used() throws {
        let handled = try Set(ScenarioFileTests.names.flatMap { try Self.handled(in: $0) })
        var never: Set<String> = []
        for tier in TierName.allCases {
            for name in HandledName.all(of: tier) where !handled.contains(Handled(tier: tier, kind: name.name)) {
                never.insert("\(tier.rawValue).\(name.name)")
            }
        }
        #expect(never == Self.seldom)
    }
}
