/// Turns a scenario as it is written into one whose names are resolved, and reports those that name nothing.
struct NameResolver {
    private let raw: RawScenario
    private let diagnostics: DiagnosticCollector
    private let userNumbers: [String: Int]
    private let populationNumbers: [String: Int]
    private var messages: [String: SourcePosition] = [:]
    /// How long the run is; without end if that could not be read, so that nothing is found to come after it.
    private var durationNanoseconds: UInt64 { raw.durationNanoseconds ?? .max }

    init(_ raw: RawScenario, diagnostics: DiagnosticCollector) {
        self.raw = raw
        self.diagnostics = diagnostics
        userNumbers = Dictionary(
            raw.users.enumerated().map { ($0.element.name.value, $0.offset) }, uniquingKeysWith: { first, _ in first })
        populationNumbers = Dictionary(
            raw.populations.enumerated().map { ($0.element.name.value, $0.offset) },
            uniquingKeysWith: { first, _ in first })
    }

    /// The scenario; meaningless if anything was reported.
    mutating func resolve() -> Scenario {
        checkNames()
        let settle = raw.settleNanoseconds ?? min(5_000_000_000, durationNanoseconds / 2)
        if settle >= durationNanoseconds, raw.settleNanoseconds != nil {
            diagnostics.report("`settle` must be shorter than `duration`", at: raw.settlePosition)
        }
        let script = raw.script.flatMap { resolve($0) }
        return Scenario(
            name: raw.name, description: raw.description == "none" ? "" : raw.description, seed: raw.seed,
            durationNanoseconds: durationNanoseconds, settleNanoseconds: settle, system: raw.system,
            network: raw.network, clocks: raw.clocks.compactMap { resolve($0.name, $0.value) },
            users: raw.users.map {
                UserModel(
                    name: $0.name.value, devices: $0.value.devices.map(\.value), startsOnline: $0.value.startsOnline)
            },
            populations: raw.populations.map {
                PopulationModel(
                    name: $0.name.value, userCount: $0.value.userCount, deviceCount: $0.value.deviceCount,
                    meanGapNanoseconds: $0.value.meanGapNanoseconds, messageBytes: $0.value.messageBytes)
            }, script: script, faults: raw.faults.flatMap { resolve($0) }, expectations: resolveExpectations())
    }

    private func checkNames() {
        if raw.users.isEmpty, raw.populations.isEmpty {
            diagnostics.report("there is nobody: list `users` or a population", at: raw.usersPosition)
        }
        for population in raw.populations where userNumbers[population.name.value] != nil {
            diagnostics.report("`\(population.name.value)` is a user as well", at: population.name.position)
        }
        let userCount = raw.populations.reduce(UInt64(raw.users.count)) { $0 + $1.value.userCount }
        if userCount > 4_000_000_000 {
            diagnostics.report("there are \(userCount) users; there may be 4,000,000,000", at: raw.usersPosition)
        }
        for user in raw.users {
            var seen: Set<String> = []
            for device in user.value.devices {
                if !NamePattern.isUser(device.value) {
                    diagnostics.report(
                        "`\(printable(device.value))` cannot name a device; a name matches \(NamePattern.user)",
                        at: device.position)
                } else if !seen.insert(device.value).inserted {
                    diagnostics.report(
                        "`\(user.name.value)` has the device `\(device.value)` twice", at: device.position)
                }
            }
        }
    }

    private func resolve(_ name: Located<String>, _ clock: RawClock) -> ClockModel? {
        guard case .chatServer(let number) = server(name, tiers: ["chat_server"]) else { return nil }
        return ClockModel(
            chatServer: number, offsetNanoseconds: clock.offset, driftPartsPerBillion: clock.drift)
    }

    // MARK: Script

    private mutating func resolve(_ step: RawStep) -> [ScriptStep] {
        let time = step.timeNanoseconds
        if time.value >= durationNanoseconds {
            diagnostics.report(
                "the step comes after the end of the run; `duration` is too short for it", at: time.position)
        }
        var action = ScriptStep.Action.connect
        switch step.action {
        case .connect: break
        case .disconnect: action = .disconnect
        case .send(let message, let recipient, let bytes):
            noteMessage(message)
            action = .send(message: message.value, to: user(recipient) ?? 0, contentBytes: bytes)
        }
        guard let (user, device) = subject(step.subject) else { return [] }
        let devices: Range<Int>
        switch (device, action) {
        case (let device?, _): devices = device..<device + 1
        case (nil, .send): devices = 0..<1
        case (nil, _): devices = raw.users[user].value.devices.indices
        }
        return devices.map {
            ScriptStep(timeNanoseconds: time.value, user: user, device: $0, action: action)
        }
    }

    private mutating func noteMessage(_ name: Located<String>) {
        if !NamePattern.isMessage(name.value) {
            diagnostics.report(
                "`\(printable(name.value))` cannot name a message; a name matches \(NamePattern.message)",
                at: name.position)
        } else if let first = messages[name.value] {
            diagnostics.report(
                "the message `\(name.value)` is sent twice; the first is in line \(first.line)", at: name.position)
        }
        messages[name.value] = name.position
    }

    /// A user, or a device of a user.
    private func subject(_ name: Located<String>) -> (user: Int, device: Int?)? {
        let parts = name.value.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let user = user(Located(value: parts[0], position: name.position)) else { return nil }
        guard parts.count == 2 else { return (user, nil) }
        let devices = raw.users[user].value.devices.map(\.value)
        guard let device = devices.firstIndex(of: parts[1]) else {
            diagnostics.report(
                "`\(parts[0])` has no device `\(printable(parts[1]))`\(NearestName.hint(for: parts[1], among: devices))",
                at: name.position)
            return nil
        }
        return (user, device)
    }

    private func user(_ name: Located<String>) -> Int? {
        if let number = userNumbers[name.value] { return number }
        let names = raw.users.map(\.name.value)
        diagnostics.report(
            "there is no user `\(printable(name.value))`\(NearestName.hint(for: name.value, among: names))",
            at: name.position)
        return nil
    }

    // MARK: Faults

    private func resolve(_ fault: RawFault) -> [FaultModel] {
        let start = fault.timeNanoseconds.value
        if start >= durationNanoseconds {
            diagnostics.report("the fault comes after the end of the run", at: fault.timeNanoseconds.position)
        }
        let end = fault.forNanoseconds.map { start + $0.value }
        switch fault.what {
        case .crash(let name):
            return server(name, tiers: ["load_balancer", "chat_server", "storage"])
                .map { [.crash(server: $0, startNanoseconds: start, endNanoseconds: end)] } ?? []
        case .loss(let sources, let targets, let bothWays, let parts):
            return [
                .loss(
                    sources: sources.compactMap(endpoint), targets: targets.compactMap(endpoint), bothWays: bothWays,
                    partsPerBillion: parts, startNanoseconds: start, endNanoseconds: end ?? start)
            ]
        case nil: return []
        }
    }

    private func endpoint(_ name: Located<String>) -> EndpointModel? {
        switch name.value {
        case "load_balancer.*": return .loadBalancers
        case "chat_server.*": return .chatServers
        case "storage.*": return .storageServers
        default: break
        }
        let tiers = ["load_balancer", "chat_server", "storage"]
        let head = String(name.value.prefix { $0 != "." })
        if tiers.contains(head) { return server(name, tiers: tiers).map(EndpointModel.server) }
        if let population = populationNumbers[name.value] { return .population(population) }
        if userNumbers[head] == nil {
            let names = raw.users.map(\.name.value) + raw.populations.map(\.name.value) + tiers.map { $0 + ".1" }
            diagnostics.report(
                "there is no user, device or server `\(printable(name.value))`"
                    + NearestName.hint(for: name.value, among: names), at: name.position)
            return nil
        }
        return subject(name).map { user, device in
            device.map { .device(user: user, device: $0) } ?? .user(user)
        }
    }

    /// A server by its name, `tier.number`, the number from one.
    private func server(_ name: Located<String>, tiers: [String]) -> ServerModel? {
        let parts = name.value.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard tiers.contains(parts[0]) else {
            diagnostics.report(
                "there is no server `\(printable(name.value))`"
                    + NearestName.hint(for: parts[0], among: tiers.map { $0 + ".1" }), at: name.position)
            return nil
        }
        let count: UInt64 =
            switch parts[0] {
            case "load_balancer": raw.system.loadBalancers.count
            case "chat_server": raw.system.chatServers.count
            default: raw.system.storage.count
            }
        guard parts.count == 2, let number = UInt32(parts[1]), number >= 1, UInt64(number) <= count else {
            diagnostics.report(
                "there is no server `\(printable(name.value))`; there are `\(parts[0]).1` to `\(parts[0]).\(count)`",
                at: name.position)
            return nil
        }
        switch parts[0] {
        case "load_balancer": return .loadBalancer(number - 1)
        case "chat_server": return .chatServer(number - 1)
        default: return .storage(number - 1)
        }
    }

    // MARK: Expectations

    private func resolveExpectations() -> ExpectationModel {
        let raw = raw.expectations
        let views = raw.views.compactMap { name, messages -> ExpectationModel.View? in
            guard let (user, device) = subject(name) else { return nil }
            guard let device else {
                diagnostics.report(
                    "a view belongs to a device, such as `\(name.value).\(self.raw.users[user].value.devices[0].value)`",
                    at: name.position)
                return nil
            }
            for message in messages where self.messages[message.value] == nil {
                diagnostics.report(
                    "no step sends a message `\(printable(message.value))`"
                        + NearestName.hint(for: message.value, among: self.messages.keys.sorted()), at: message.position
                )
            }
            return ExpectationModel.View(user: user, device: device, messages: messages.map(\.value))
        }
        return ExpectationModel(verdicts: raw.verdicts, views: views, counts: raw.counts, digest: raw.digest)
    }
}
