internal import Language

extension NameResolver {
    /// What listed users do. A wish to go online that is fulfilled already, or offline, is reported.
    mutating func resolveScript() -> [ScriptStep] {
        var resolved: [(step: RawStep, actions: [ScriptStep])] = []
        for step in raw.script { resolved.append((step, resolve(step))) }
        var isOnline = raw.users.map { user in user.value.devices.map { _ in user.value.startsOnline } }
        let ordered = resolved.enumerated().sorted {
            ($0.element.step.timeNanoseconds.value, $0.offset) < ($1.element.step.timeNanoseconds.value, $1.offset)
        }
        for (_, (step, actions)) in ordered {
            var changes = actions.isEmpty
            for action in actions {
                if action.action == .readRecent {
                    changes = changes || isOnline[action.user][action.device]
                    continue
                }
                if case .openChat = action.action, !isOnline[action.user][action.device] {
                    diagnostics.report(
                        "`\(step.subject.value)` is offline then; the step would have no effect",
                        at: step.subject.position)
                }
                guard action.action == .connect || action.action == .disconnect else {
                    changes = true
                    continue
                }
                let wish = action.action == .connect
                changes = changes || isOnline[action.user][action.device] != wish
                isOnline[action.user][action.device] = wish
            }
            if !changes {
                let state = actions.first?.action == .connect ? "online" : "offline"
                let already = actions.first?.action == .readRecent ? "" : " already"
                diagnostics.report(
                    "`\(step.subject.value)` is \(state)\(already); the step would have no effect",
                    at: step.subject.position)
            }
        }
        checkGroups(ordered.map { ($0.element.step, $0.element.actions) })
        let steps = resolved.flatMap(\.actions)
        checkPages(steps)
        checkMedia(steps)
        return steps
    }

    private mutating func resolve(_ step: RawStep) -> [ScriptStep] {
        let time = step.timeNanoseconds
        if time.value >= durationNanoseconds {
            diagnostics.report(
                "the step comes after the end of the run; `duration` is too short for it", at: time.position)
        }
        var action = ScriptStep.Action.connect
        var reading: RawReading?
        switch step.action {
        case .connect: break
        case .read(let asked): reading = asked
        case .disconnect: action = .disconnect
        case .openChat(let other):
            action = .openChat(with: user(other) ?? 0)
            if !raw.system.presence.isOn {
                diagnostics.report(
                    "`open_chat` would have no effect: with `system.presence.scheme: off` nobody's status is shown",
                    at: step.subject.position)
            }
        case .readRecent:
            action = .readRecent
            if raw.system.cache == nil {
                diagnostics.report(
                    "there is nothing to read from: the recent messages and conversations are kept by a `cache`",
                    at: step.subject.position)
            }
        case .send(let message, let recipient, let bytes):
            noteMessage(message)
            action = .send(message: message.value, to: user(recipient) ?? 0, contentBytes: bytes)
        case .sendToGroup(let message, let name, let bytes):
            noteMessage(message)
            action = .sendToGroup(message: message.value, group: group(name) ?? 0, contentBytes: bytes)
        case .changeGroup(let change):
            action = resolve(change, by: step.subject)
        }
        guard let (user, device) = subject(step.subject) else { return [] }
        if action == .openChat(with: user) {
            diagnostics.report("nobody opens a chat with oneself", at: step.subject.position)
        }
        if let reading { return resolve(reading, of: user, on: device, atNanoseconds: time.value) }
        let devices: Range<Int>
        switch (device, action) {
        case (let device?, _): devices = device..<device + 1
        case (nil, .openChat): devices = 0..<1
        case (nil, _) where action.message != nil: devices = 0..<1
        case (nil, _): devices = raw.users[user].value.devices.indices
        }
        return devices.map {
            ScriptStep(timeNanoseconds: time.value, user: user, device: $0, action: action)
        }
    }

    mutating func noteMessage(_ name: Located<String>) {
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

    /// A user reads on one device, or on all.
    private func resolve(
        _ reading: RawReading, of user: Int, on device: Int?, atNanoseconds time: UInt64
    ) -> [ScriptStep] {
        let names = raw.users[user].value.devices.map(\.value)
        let counterpart = reading.counterpart.flatMap(self.user)
        return (device.map { $0..<$0 + 1 } ?? names.indices).map {
            ScriptStep(
                timeNanoseconds: time, user: user, device: $0,
                action: .read(resolve(reading, with: counterpart, onDevice: names[$0])))
        }
    }

    /// A user, or a device of a user.
    func subject(_ name: Located<String>) -> (user: Int, device: Int?)? {
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

    func user(_ name: Located<String>) -> Int? {
        if let number = userNumbers[name.value] { return number }
        let names = raw.users.map(\.name.value)
        diagnostics.report(
            "there is no user `\(printable(name.value))`\(NearestName.hint(for: name.value, among: names))",
            at: name.position)
        return nil
    }
}
