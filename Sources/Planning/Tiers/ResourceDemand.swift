internal import Plan

/// What a tier asks of one resource at the peak. From it follow how many servers the resource asks for, and how much of it is used.
struct ResourceDemand {
    /// The resource.
    let resource: Resource
    /// What it is called in the names of figures: `CPU`.
    let name: String
    /// How much of it the whole tier takes.
    let amount: Figure
    /// How much of it a server has.
    let each: Sourced<Double>
    /// The share of it that may be used.
    let limit: Sourced<Double>

    /// How many servers it asks for.
    var need: ResourceNeed {
        ResourceNeed(
            resource: resource,
            servers: Figure("servers for the \(name)", "servers", (amount / (each * limit)).roundedUp))
    }

    /// How much of it is used with so many servers.
    func use(of count: Figure) -> ResourceUse {
        ResourceUse(resource: resource, share: Figure("use of the \(name)", "ratio", amount / (count * each)))
    }
}

extension ResourceDemand {
    /// Cores that are busy.
    static func cpu(_ cores: Figure, of server: ServerModel, within limits: UtilisationModel) -> ResourceDemand {
        ResourceDemand(resource: .cpu, name: "CPU", amount: cores, each: server.cores, limit: limits.cpu)
    }

    /// Bytes in memory.
    static func memory(_ bytes: Figure, of server: ServerModel, within limits: UtilisationModel) -> ResourceDemand {
        ResourceDemand(
            resource: .memory, name: "memory", amount: bytes, each: server.memoryBytes, limit: limits.memory)
    }

    /// Bytes on the wires in a second.
    static func network(
        _ bytesPerSecond: Figure, of server: ServerModel, within limits: UtilisationModel
    )
        -> ResourceDemand
    {
        ResourceDemand(
            resource: .network, name: "network", amount: bytesPerSecond, each: server.networkBytesPerSecond,
            limit: limits.network)
    }
}
