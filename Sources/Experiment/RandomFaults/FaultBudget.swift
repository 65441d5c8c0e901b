internal import Scenario

/// What random faults may do: how many servers of a tier may be down at a time, and that what is durable stays recoverable.
struct FaultBudget {
    private let system: SystemModel
    private let isRecoverable: Bool
    private let downAtOnce: Int
    /// When servers are down, scripted crashes included.
    private var down: [ServerModel: [Range<UInt64>]] = [:]
    /// The data nodes that have corrupt blocks.
    private var corrupted: Set<ServerModel> = []

    init(_ scenario: Scenario, isRecoverable: Bool, downAtOnce: UInt64) {
        system = scenario.system
        self.isRecoverable = isRecoverable
        self.downAtOnce = Int(downAtOnce)
        for case .crash(let server, let start, let end, _, _) in scenario.faults {
            down[server, default: []].append(start..<max(start, end ?? .max))
        }
    }

    /// Lets servers crash and come back, all or none.
    ///
    /// - Returns: Whether they may.
    mutating func takeDown(_ servers: [ServerModel], _ window: Range<UInt64>) -> Bool {
        var after = down
        for server in servers {
            guard !isRecoverable || isExpendable(server) else { return false }
            after[server, default: []].append(window)
        }
        for server in servers {
            guard !(down[server] ?? []).contains(where: { $0.overlaps(window) }) else { return false }
            let count = system.servers.count { other in
                other.kind == server.kind && (after[other] ?? []).contains { $0.overlaps(window) }
            }
            guard count <= downMax(server) else { return false }
        }
        down = after
        return true
    }

    /// Lets a block on a server go bad.
    ///
    /// - Returns: Whether it may.
    mutating func corrupt(_ server: ServerModel) -> Bool {
        guard isRecoverable else { return true }
        guard case .dataNode = server, let code = system.reedSolomon else { return false }
        // Of the fragments of a file, as many may be lost as there are parity fragments: those that are down and those that are bad.
        let bad = corrupted.union([server])
        guard bad.count + downMax(server) <= Int(code.parityCount) else { return false }
        corrupted = bad
        return true
    }

    /// Whether all that a server has acknowledged is elsewhere as well, or on its disk.
    private func isExpendable(_ server: ServerModel) -> Bool {
        switch server {
        case .chatServer: system.acknowledge != .afterReceive
        case .cache: system.cache?.confirmsBeforeDatabase != true
        case .storage: system.replication?.waitsForCopies != false
        case .objectStore: system.media?.confirmsBeforeSync != true
        case .loadBalancer, .coordinator, .dataNode: true
        }
    }

    private func downMax(_ server: ServerModel) -> Int {
        guard isRecoverable else { return downAtOnce }
        switch server {
        case .storage: return min(downAtOnce, system.replication.map { Int($0.copies) - 1 } ?? downAtOnce)
        case .dataNode: return min(downAtOnce, max(1, Int(system.reedSolomon?.parityCount ?? 1) - 1))
        case .loadBalancer, .chatServer, .coordinator, .cache, .objectStore: return downAtOnce
        }
    }
}
