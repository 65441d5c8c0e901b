extension CalibrationReport {
    /// What the measurement covers and what not, in a few lines.
    public static let coverage = [
        "What the component code takes: to read a message as it is in memory, to do what it asks for, and to say what is to be done in answer.",
        "System calls, the network stack, TLS, HTTP, encoding for sockets, waiting for disks and the scheduling of threads are not in it: a",
        "server takes all that as well, and it is most of what the published costs hold. These are a lower bound: take them for what the",
        "components themselves add, and compare kinds with each other.",
    ]

    /// The report for people.
    public var text: String {
        let measured = costs.reduce(UInt64(0)) { $0 + UInt64($1.handled) }
        var lines = [
            "machine        \(machine)",
            "measured       \(NumberText.grouped(measured)) times that a server handled something, in each of \(rounds) rounds after one to warm up; "
                + NumberText.span(seconds: wallSeconds),
            "clock          reading it takes \(NumberText.decimal(clockNanoseconds, decimals: 0)) ns, which is subtracted",
            "interruptions  \(NumberText.decimal(interruptedShare * 100, decimals: 2)) % of the times, which are left out",
            "",
            "what handling takes, in nanoseconds on one core; +- is by how much the mean of a round was off at most",
            "",
        ]
        lines += Self.table(
            ["tier", "kind", "handled", "mean", "median", "p99", "+-", "published", "ratio"],
            costs.map { row in
                [
                    row.tier, row.kind, NumberText.grouped(UInt64(row.handled)), Self.whole(row.meanNanoseconds),
                    Self.whole(row.medianNanoseconds), Self.whole(row.p99Nanoseconds),
                    "\(NumberText.decimal(row.spread * 100, decimals: 0)) %",
                    NumberText.grouped(row.publishedNanoseconds),
                    row.ratio.map { NumberText.decimal($0, decimals: 4) } ?? "-",
                ]
            }, textColumnCount: 2)
        lines += ["", "what a message between two users takes in all, in nanoseconds on one core", ""]
        lines += Self.table(
            ["tier", "handled", "mean", "published", "ratio"],
            perMessage.map { row in
                [
                    row.tier, NumberText.decimal(row.handled, decimals: 1), Self.whole(row.nanoseconds),
                    Self.whole(row.publishedNanoseconds),
                    row.publishedNanoseconds > 0
                        ? NumberText.decimal(row.nanoseconds / row.publishedNanoseconds, decimals: 4) : "-",
                ]
            }, textColumnCount: 1)
        if !notMeasured.isEmpty {
            lines += ["", "handled too seldom to be measured; these cost what they cost without a profile:"]
            lines += Self.wrapped(notMeasured)
        }
        return (lines + [""] + Self.coverage).joined(separator: "\n") + "\n"
    }

    private static func whole(_ nanoseconds: Double) -> String { NumberText.decimal(nanoseconds, decimals: 0) }

    /// Lines of a table, each indented by two; columns of text are aligned to the left, the others to the right.
    private static func table(_ header: [String], _ rows: [[String]], textColumnCount: Int) -> [String] {
        let widths = header.indices.map { column in ([header] + rows).map { $0[column].count }.max() ?? 0 }
        return ([header] + rows).map { cells in
            let padded = cells.enumerated().map { column, cell in
                let space = String(repeating: " ", count: widths[column] - cell.count)
                return column < textColumnCount ? cell + space : space + cell
            }
            return "  " + padded.joined(separator: "  ")
        }
    }

    private static func wrapped(_ words: [String]) -> [String] {
        var lines: [String] = []
        for word in words {
            if let last = lines.last, last.count + word.count < 118 {
                lines[lines.count - 1] = "\(last), \(word)"
            } else {
                lines.append("  \(word)")
            }
        }
        return lines
    }
}
