internal import Plan

/// What a server runs out of.
public enum Resource: String, Sendable, CaseIterable {
    case connections
    case cpu = "CPU"
    case memory, network
    /// Bytes on disks.
    case disk
    /// Bytes that disks read and write in a second.
    case diskBandwidth = "disk bandwidth"
    /// Rows that are written.
    case writes
    /// Pages that are read.
    case reads
}

/// How many servers one resource asks for.
public struct ResourceNeed: Hashable, Sendable {
    /// The resource.
    public let resource: Resource
    /// How many servers.
    public let servers: Figure
}

/// How much of a resource is used at the peak with all servers up.
public struct ResourceUse: Hashable, Sendable {
    /// The resource.
    public let resource: Resource
    /// The share of what all servers have.
    public let share: Figure
}

/// How many servers a tier needs, and why.
public struct TierSizing: Hashable, Sendable {
    /// What they are: `chat servers`.
    public let name: String
    /// The number of servers step by step: the first by the plainest arithmetic, each further one with a correction, the last what is
    /// recommended.
    public let steps: [Figure]
    /// How many servers each resource asks for, in normal operation and without spares.
    public let needs: [ResourceNeed]
    /// How much of each resource is used at the peak with all servers up.
    public let uses: [ResourceUse]
    /// By which factor the peak can grow until the first resource is used up.
    public let saturation: Figure

    /// How many servers are recommended.
    public var servers: Figure { steps[steps.count - 1] }
    /// The resource that asks for the most servers.
    public var binding: Resource { Self.greatest(needs, \.servers.value)?.resource ?? .cpu }
    /// The resource that is used up first when the load grows.
    public var firstSaturated: Resource { Self.greatest(uses, \.share.value)?.resource ?? .cpu }

    /// - Precondition: There is a step and a use.
    init(name: String, steps: [Figure], needs: [ResourceNeed], uses: [ResourceUse]) {
        precondition(!steps.isEmpty && !uses.isEmpty, "a tier has servers that do something")
        self.name = name
        self.steps = steps
        self.needs = needs
        self.uses = uses
        let busiest = Term.largest(uses.map(\.share))
        saturation = Figure("load at which the first resource is used up", "ratio", Term.constant(1) / busiest)
    }

    /// The first of those that are greatest.
    private static func greatest<Element>(_ elements: [Element], _ size: (Element) -> Double) -> Element? {
        elements.reduce(nil) { best, next in
            guard let best else { return next }
            return size(next) > size(best) ? next : best
        }
    }
}

/// How a tier is spread over zones, and how many servers it can do without.
struct Spreading {
    let zones: Sourced<Double>
    let survivesZoneLoss: Bool
    let spare: Sourced<Double>
    /// The share of the servers that are restarted at once; nothing if they are not restarted by shares.
    let restartShare: Sourced<Double>?

    /// The steps from what normal operation needs to what is recommended.
    ///
    /// - Parameters:
    ///   - normal: The servers of normal operation.
    ///   - full: The servers that hold everybody without headroom, which is what must be left after the loss of a zone.
    ///   - tier: The name of the last step.
    func steps(normal: Figure, full: Figure, tier: String) -> [Figure] {
        var steps: [Figure] = []
        var base = normal
        if survivesZoneLoss {
            base = Figure(
                "so many that one zone may be lost", "servers",
                Term.largest([normal, (full * zones / (zones - Term.constant(1))).roundedUp]))
            steps.append(base)
        }
        let running = restartShare.map { base / (Term.constant(1) - $0) } ?? base.term
        let spared = Figure("and some that fail or are restarted (N+k)", "servers", running.roundedUp + spare)
        steps.append(spared)
        let even = Figure(tier, "servers", (spared / zones).roundedUp * zones)
        steps.append(even)
        return steps
    }
}
