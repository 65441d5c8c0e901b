internal import Language

/// Turns a scenario as it is written into one whose names are resolved, and reports those that name nothing.
///
/// - `NameResolver+Script.swift`: users, devices and what they do.
/// - `NameResolver+Groups.swift`: groups, and who is in them.
/// - `NameResolver+Populations.swift`: populations that start connected.
/// - `NameResolver+Media.swift`: whether anything is large enough for an object store.
/// - `NameResolver+Costs.swift`: whether what costs something ever happens.
/// - `NameResolver+Sometimes.swift`: what must happen under some seed.
/// - `NameResolver+Faults.swift`: what goes wrong; `NameResolver+FaultTargets.swift`: servers and ends of links;
///   `NameResolver+FaultChecks.swift`: whether the one can strike the other.
struct NameResolver {
    let raw: RawScenario
    let diagnostics: DiagnosticCollector
    let userNumbers: [String: Int]
    let populationNumbers: [String: Int]
    let groupNumbers: [String: Int]
    var messages: [String: SourcePosition] = [:]
    /// How long the run is; without end if that could not be read, so that nothing is found to come after it.
    var durationNanoseconds: UInt64 { raw.durationNanoseconds ?? .max }

    init(_ raw: RawScenario, diagnostics: DiagnosticCollector) {
        self.raw = raw
        self.diagnostics = diagnostics
        userNumbers = Dictionary(
            raw.users.enumerated().map { ($0.element.name.value, $0.offset) }, uniquingKeysWith: { first, _ in first })
        populationNumbers = Dictionary(
            raw.populations.enumerated().map { ($0.element.name.value, $0.offset) },
            uniquingKeysWith: { first, _ in first })
        groupNumbers = Dictionary(
            raw.groups.enumerated().map { ($0.element.name.value, $0.offset) }, uniquingKeysWith: { first, _ in first })
    }

    /// The scenario; meaningless if anything was reported.
    mutating func resolve() -> Scenario {
        checkNames()
        checkPresence()
        checkStarts()
        let settle = raw.settleNanoseconds ?? min(5_000_000_000, durationNanoseconds / 2)
        if settle >= durationNanoseconds, raw.settleNanoseconds != nil {
            diagnostics.report("`settle` must be shorter than `duration`", at: raw.settlePosition)
        }
        for step in raw.system.sharding?.growth ?? [] where step.timeNanoseconds >= durationNanoseconds {
            diagnostics.report("the servers are added after the end of the run", at: step.position)
        }
        let script = resolveScript()
        let friends = resolveFriends()
        let scenario = Scenario(
            name: raw.name, description: raw.description, seed: raw.seed,
            durationNanoseconds: durationNanoseconds, settleNanoseconds: settle, system: raw.system,
            network: raw.network, clocks: raw.clocks.compactMap { resolve($0.name, $0.value) },
            users: raw.users.enumerated().map { number, user in
                UserModel(
                    name: user.name.value, devices: user.value.devices.map(\.value),
                    startsOnline: user.value.startsOnline, friends: friends[number])
            },
            populations: raw.populations.map {
                PopulationModel(
                    name: $0.name.value, userCount: $0.value.userCount, deviceCount: $0.value.deviceCount,
                    sending: $0.value.sending, messageBytes: $0.value.messageBytes,
                    media: $0.value.media, friendCount: $0.value.friendCount, sessions: $0.value.sessions,
                    startsConnected: $0.value.startsConnected)
            }, groups: resolveGroups(), script: script, faults: resolveFaults(),
            randomFaults: resolveRandomFaults(settleNanoseconds: settle),
            isJudgedWhileItRuns: raw.isJudgedWhileItRuns, expectations: resolveExpectations())
        checkCosts(in: scenario)
        return scenario
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
        if clock.offset == 0, clock.drift == 0 {
            diagnostics.report("a clock without `offset` and `drift` is exact, as it is anyway", at: name.position)
        }
        return ClockModel(
            chatServer: number, offsetNanoseconds: clock.offset, driftPartsPerBillion: clock.drift)
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
        checkSometimes()
        return ExpectationModel(
            verdicts: raw.verdicts.map { ($0.name.value, $0.verdict) }, views: views, counts: raw.counts,
            metrics: raw.metrics, sometimes: raw.sometimes,
            digest: raw.digest)
    }
}
