import Chat

/// How many messages and bytes were sent, by kind of link and area of the system. What is lost on the way counts too.
struct Traffic {
    private struct Count {
        var messages: UInt64 = 0
        var bytes: UInt64 = 0
    }

    /// For each area, over the last mile and inside the data center.
    private var counts = Array(repeating: Count(), count: (MessageArea.numberMax + 1) * 2)

    mutating func count(bytes: UInt32, kind: UInt16, isInside: Bool) {
        let place = MessageArea(kind: kind).rawValue * 2 + (isInside ? 1 : 0)
        counts[place].messages += 1
        counts[place].bytes += UInt64(bytes)
    }

    func report(into metrics: inout Metrics) {
        for (messages, bytes, place) in Self.definitions {
            metrics.record(messages, counts[place].messages)
            metrics.record(bytes, counts[place].bytes)
        }
    }

    /// What is reported of each area and link, with its place among the counts.
    private static let definitions = MessageArea.allCases.flatMap { area in
        ["last_mile", "data_center"].enumerated().map { place, link in
            (
                messages: MetricDefinition(
                    "traffic.\(area).\(link).messages", unit: "messages",
                    "Messages of the area \(area) that were sent over the \(link) links."),
                bytes: MetricDefinition(
                    "traffic.\(area).\(link).bytes", unit: "bytes",
                    "Bytes of the area \(area) that were sent over the \(link) links, with headers."),
                place: area.rawValue * 2 + place
            )
        }
    }
}
