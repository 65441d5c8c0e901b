internal import Language

/// How many users there are, and how many there will be.
public struct UsersModel: Hashable, Sendable {
    /// How many there are at the start.
    public let now: Sourced<Double>
    /// By which share they grow each year; nothing if the plan lists their numbers.
    public let growthPerYear: Sourced<Double>?
    /// How many there are at the end of each year; empty if the plan says how they grow.
    public let byYear: [Sourced<Double>]
}

extension UsersModel {
    private static let usersMax: UInt64 = 10_000_000_000

    /// The section `demand.users`.
    static func read(_ reader: PlanReader) -> UsersModel {
        let now = reader.number(
            "now", .count(1...usersMax), unit: "users", "How many users there are when the plan begins.")
        let list = reader.section.optional(
            "by_year", NumberKind.count(1...usersMax).kind.located.list(1...20),
            "How many users there are at the end of each year, the first year first; instead of `growth_per_year`.")
        guard let list, let origin = reader.origin(of: "by_year") else {
            let growth = reader.number(
                "growth_per_year", .share(0...20_000_000_000), unit: "ratio", default: "0%",
                .estimate("no growth unless the plan says so"), "By which share the users grow in a year.")
            return UsersModel(now: now, growthPerYear: growth, byYear: [])
        }
        reader.section.rejectIfGiven("growth_per_year", because: "`by_year` says how many users there are")
        let path = reader.path + ["by_year"]
        let users = list.enumerated().map { year, users in
            let line = Origin.file(line: users.position.line)
            return Sourced(
                value: reader.record.substitutes[(path + [String(year)]).joined(separator: ".")] ?? users.value,
                path: path + [String(year)], unit: "users",
                origin: origin == .commandLine ? origin : line, range: nil)
        }
        for (year, number) in users.enumerated() {
            reader.note(
                PlanKey(
                    key: number.key, meaning: "How many users there are at the end of year \(year + 1).",
                    number: number, limits: 1...Double(usersMax), isWhole: true, choice: nil,
                    origin: number.origin))
        }
        return UsersModel(now: now, growthPerYear: nil, byYear: users)
    }
}
