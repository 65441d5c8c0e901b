/// Faults in the scenario language.
extension FaultModel {
    /// The fault as an entry of the list `faults`, in one line.
    ///
    /// - Parameter scenario: Whose users and populations it strikes.
    public func text(in scenario: Scenario) -> String {
        switch self {
        case .crash(let server, let start, let end, let disk, let noticed):
            let struck =
                switch disk {
                case .nothing: server.name
                case .tornWrite: "{ servers: \(server.name), torn_write: on }"
                case .lostWrites(let last): "{ servers: \(server.name), lost_writes: \(time(last)) }"
                }
            return entry(start, end, "crash: \(struck)" + (noticed.map { ", noticed: \($0.timeText)" } ?? ""))
        case .host(let server, let trouble, let start, let end):
            let what =
                switch trouble {
                case .pause: "pause: \(server.name)"
                case .slow(let thousandths):
                    "slow: { servers: \(server.name), factor: \(decimal(thousandths, 3)) }"
                case .slowDisk(let thousandths):
                    "slow_disk: { servers: \(server.name), factor: \(decimal(thousandths, 3)) }"
                case .fullDisk: "full_disk: \(server.name)"
                }
            return entry(start, end, what)
        case .clockSet(let server, let forward, let start):
            let text = (forward < 0 ? "-" : "") + time(forward.magnitude)
            return entry(start, nil, "clock: { servers: \(server.name), forward: \(text) }")
        case .corruption(let server, let count, let start):
            return entry(start, nil, "corrupt: { servers: \(server.name), blocks: \(count) }")
        case .reconnectStorm(let server, let start): return entry(start, nil, "reconnect_storm: \(server.name)")
        case .halfOpen(let sources, let targets, let start, let end):
            return entry(start, end, "partition: { \(sides(sources, targets, scenario)), way: half_open }")
        case .link(let sources, let targets, let bothWays, let trouble, let start, let end):
            let way = "\(sides(sources, targets, scenario))\(bothWays ? "" : ", way: one")"
            let what =
                switch trouble {
                case .loss(1_000_000_000): "partition: { \(way) }"
                case .loss(let parts): "loss: { \(way), ratio: \(decimal(parts, 7))% }"
                case .delay(let law): "delay: { \(way), by: \(law.timeText) }"
                case .clog: "clog: { \(way) }"
                case .duplicate(let parts, let later):
                    "duplicate: { \(way), ratio: \(decimal(parts, 7))%, later: \(later.timeText) }"
                case .reorder(let parts, let later):
                    "reorder: { \(way), ratio: \(decimal(parts, 7))%, later: \(later.timeText) }"
                }
            return entry(start, end, what)
        }
    }

    private func entry(_ start: UInt64, _ end: UInt64?, _ what: String) -> String {
        "{ at: \(time(start)), \(end.map { "for: \(time($0 - start)), " } ?? "")\(what) }"
    }

    private func sides(_ sources: [EndpointModel], _ targets: [EndpointModel], _ scenario: Scenario) -> String {
        func list(_ side: [EndpointModel]) -> String {
            let names = side.map { $0.text(in: scenario) }
            return names.count == 1 ? names[0] : "[\(names.joined(separator: ", "))]"
        }
        return "between: \(list(sources)), and: \(list(targets))"
    }
}

extension EndpointModel {
    fileprivate func text(in scenario: Scenario) -> String {
        switch self {
        case .server(let server): server.name
        case .loadBalancers: "\"load_balancer.*\""
        case .chatServers: "\"chat_server.*\""
        case .storageServers: "\"storage.*\""
        case .cacheServers: "\"cache.*\""
        case .objectStores: "\"object_store.*\""
        case .user(let user): scenario.users[user].name
        case .device(let user, let device): "\(scenario.users[user].name).\(scenario.users[user].devices[device])"
        case .population(let population): scenario.populations[population].name
        }
    }
}

extension DistributionModel {
    /// A distribution of times in the scenario language.
    fileprivate var timeText: String {
        func floor(_ least: UInt64) -> String { least > 0 ? ", at_least: \(time(least))" : "" }
        return switch self {
        case .constant(let value): time(value)
        case .uniform(let from, let to): "{ uniform: { from: \(time(from)), to: \(time(to)) } }"
        case .exponential(let mean, let least): "{ exponential: { mean: \(time(mean))\(floor(least)) } }"
        case .lognormal(let median, let p99, let least):
            "{ lognormal: { median: \(time(median)), p99: \(time(p99))\(floor(least)) } }"
        case .weibull(let scale, let shape, let least):
            "{ weibull: { scale: \(time(scale)), shape: \(decimal(shape, 3))\(floor(least)) } }"
        }
    }
}

/// A time with a unit.
private func time(_ nanoseconds: UInt64) -> String {
    nanoseconds % 1_000_000 == 0 && nanoseconds < 1_000_000_000
        ? "\(nanoseconds / 1_000_000)ms" : "\(decimal(nanoseconds, 9))s"
}

/// A number of parts of one as a decimal: `decimals` digits after the point, without zeros at the end.
private func decimal(_ parts: UInt64, _ decimals: Int) -> String {
    var one: UInt64 = 1
    for _ in 0..<decimals { one *= 10 }
    var fraction = String(String(one + parts % one).dropFirst())
    while fraction.last == "0" { fraction.removeLast() }
    return fraction.isEmpty ? "\(parts / one)" : "\(parts / one).\(fraction)"
}
