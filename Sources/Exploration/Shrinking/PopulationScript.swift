internal import Experiment
internal import Language
internal import Scenario

/// Makes the users of populations listed ones, who do in a script what they did at random.
enum PopulationScript {
    /// The most users that are listed so.
    private static let usersMax = 1000
    /// Who has connected by then has connected at the start, in nanoseconds.
    private static let startNanoseconds: UInt64 = 2_000_000_000

    /// The scenario with a script of what its populations did in a run of it.
    ///
    /// - Parameters:
    ///   - document: The scenario as it is written.
    ///   - scenario: The same, read.
    ///   - experiment: Its run.
    /// - Returns: Nothing if it has no populations, or too many users.
    static func document(of document: Document, _ scenario: Scenario, ranAs experiment: Experiment) -> Document? {
        let listedCount = scenario.users.count
        var names = scenario.users.map(\.name)
        for population in scenario.populations {
            guard names.count + Int(clamping: population.userCount) <= usersMax else { return nil }
            names += (1...population.userCount).map { "\(population.name)\($0)" }
        }
        guard names.count > listedCount, Set(names).count == names.count else { return nil }
        let friends = Experiment.friends(in: scenario, ofFirst: names.count)
        var users = document["users"]?.entries ?? []
        var steps: [(timeNanoseconds: UInt64, step: Document)] = []
        var user = listedCount
        for population in scenario.populations {
            for _ in 0..<population.userCount {
                let devices = (1...population.deviceCount).map { "d\($0)" }
                var entries = [Document.Entry("devices", .list(devices.map(Document.value)))]
                if population.sessions != nil {
                    let isOnline = isOnlineAtStart(user, devices.count, experiment)
                    if !isOnline { entries.append(Document.Entry("starts", .value("offline"))) }
                    for device in devices.indices {
                        steps += sessions(of: user, device, "\(names[user]).\(devices[device])", isOnline, experiment)
                    }
                }
                if population.friendCount != nil, !friends[user].isEmpty {
                    let list = friends[user].map { Document.value(names[$0]) }
                    entries.append(Document.Entry("friends", .list(list)))
                }
                users.append(Document.Entry(names[user], .section(entries)))
                user += 1
            }
        }
        for (index, sending) in experiment.sendings.filter({ $0.user >= listedCount }).enumerated() {
            let send = Document.section([
                .init("send", .value("P\(index + 1)")), .init("to", .value(names[sending.recipient])),
            ])
            steps.append(
                (
                    sending.timeNanoseconds,
                    step("\(names[sending.user]).d\(sending.device + 1)", send, at: sending.timeNanoseconds)
                ))
        }
        var result = document
        result["populations"] = nil
        result["users"] = .section(users)
        // Sorting keeps the order of those at the same time by their place, so that the script is the same in every run.
        let sorted = steps.enumerated().sorted {
            ($0.element.timeNanoseconds, $0.offset) < ($1.element.timeNanoseconds, $1.offset)
        }
        result["script"] = .list((document["script"]?.items ?? []) + sorted.map(\.element.step))
        return result
    }

    private static func isOnlineAtStart(_ user: Int, _ deviceCount: Int, _ experiment: Experiment) -> Bool {
        (0..<deviceCount).contains { device in
            experiment.connections(ofUser: user, device: device).first.map { $0.fromNanoseconds < startNanoseconds }
                ?? false
        }
    }

    /// When a device came and went. A connection that was lost looks the same.
    private static func sessions(
        of user: Int, _ device: Int, _ name: String, _ isOnlineAtStart: Bool, _ experiment: Experiment
    ) -> [(UInt64, Document)] {
        var steps: [(UInt64, Document)] = []
        for (index, time) in experiment.connections(ofUser: user, device: device).enumerated() {
            if index > 0 || !isOnlineAtStart {
                steps.append((time.fromNanoseconds, step(name, .value("connect"), at: time.fromNanoseconds)))
            }
            if let end = time.toNanoseconds { steps.append((end, step(name, .value("disconnect"), at: end))) }
        }
        return steps
    }

    private static func step(_ subject: String, _ action: Document, at nanoseconds: UInt64) -> Document {
        .section([.init("at", .value(DurationText.text(nanoseconds))), .init(subject, action)])
    }
}
