/// The result of a run, as people read it.
public enum RunReport {
    /// The text of a summary: figures, views, verdicts, and what was not as expected.
    public static func text(_ summary: RunSummary, style: TerminalStyle) -> String {
        var lines: [String] = []
        lines.append(style.strong(TerminalStyle.sanitised(summary.name)))
        lines += figures(summary)
        if !summary.views.isEmpty {
            lines.append("")
            lines.append("what each device shows, in order")
            let width = summary.views.map(\.device.count).max() ?? 0
            for view in summary.views {
                let messages = view.messages.isEmpty ? style.quiet("nothing") : view.messages.joined(separator: "  ")
                lines.append("  \(NumberText.padded(view.device, to: width))   \(messages)")
            }
        }
        lines.append("")
        if let stop = summary.stopped {
            let seconds = NumberText.decimal(stop.seconds, decimals: 6)
            lines.append(style.bad("stopped") + " at \(seconds) s: \(stop.invariant) is violated: \(stop.sentence)")
            lines.append(
                stop.isExpected
                    ? style.good("passed") + ": the scenario expects it; the rest was not run"
                    : style.bad("FAILED") + "; replay with: \(summary.replay)")
            return lines.joined(separator: "\n") + "\n"
        }
        lines += verdicts(summary, style: style)
        lines += goals(summary, style: style)
        lines += failures(summary, style: style)
        lines.append("")
        if summary.interrupted {
            lines.append(
                style.bad("interrupted")
                    + " after \(NumberText.decimal(summary.simulatedSeconds, decimals: 3)) s of virtual time")
        }
        lines.append(
            summary.passed
                ? style.good("passed") + ": everything is as the scenario expects"
                : style.bad("FAILED") + "; replay with: \(summary.replay)")
        return lines.joined(separator: "\n") + "\n"
    }

    private static func figures(_ summary: RunSummary) -> [String] {
        let messages = summary.messages
        var rows = [
            ("scenario", TerminalStyle.sanitised(summary.scenario)), ("seed", "\(summary.seed)"),
            ("digest", summary.digest),
            (
                "ran",
                "\(NumberText.decimal(summary.simulatedSeconds, decimals: 3)) s of virtual time, "
                    + "\(NumberText.grouped(summary.events)) events in \(NumberText.span(seconds: summary.runSeconds)) "
                    + "(\(NumberText.grouped(UInt64(summary.eventsPerSecond))) events/s), "
                    + "\(NumberText.size(summary.peakMemoryBytes)) of memory"
            ),
            (
                "messages",
                "\(count(messages.sent)) sent, \(count(messages.acked)) acknowledged, \(count(messages.delivered)) delivered, "
                    + "\(count(messages.failed)) failed; \(count(messages.duplicatesSuppressed)) duplicates suppressed"
            ),
        ]
        if let bytes = summary.connectionBytes, summary.connections > 0 {
            func each(_ bytes: Double) -> String {
                NumberText.decimal(bytes / Double(summary.connections), decimals: 1)
            }
            rows.append(
                (
                    "memory",
                    "\(count(summary.connections)) connections take \(each(Double(bytes.tables))) bytes each in chat servers and "
                        + "\(each(Double(bytes.devices))) on devices; with all else it is \(each(Double(summary.peakMemoryBytes))); "
                        + "built in \(NumberText.span(seconds: summary.buildSeconds))"
                ))
        }
        let latency = summary.latencyMilliseconds
        if let p50 = latency.p50, let p90 = latency.p90, let p99 = latency.p99, let max = latency.max {
            rows.append(
                (
                    "latency",
                    "p50 \(milliseconds(p50)), p90 \(milliseconds(p90)), p99 \(milliseconds(p99)), max \(milliseconds(max))"
                ))
        }
        let busy = summary.hosts.map { "\($0.tier) \(NumberText.decimal($0.utilisation * 100, decimals: 2)) %" }
        rows.append(("cpu", busy.joined(separator: ", ")))
        return rows.map { "  \(NumberText.padded($0.0, to: 10))\($0.1)" }
    }

    private static func verdicts(_ summary: RunSummary, style: TerminalStyle) -> [String] {
        let width = summary.invariants.map(\.name.count).max() ?? 0
        let lines = summary.invariants.map { invariant in
            let mark = invariant.passed ? style.good("ok  ") : style.bad("FAIL")
            let verdict = NumberText.padded(invariant.verdict.replacing("_", with: " "), to: 13)
            let checked = invariant.checked == 0 ? "" : "\(count(invariant.checked)) checked"
            let violated = invariant.violations == 0 ? "" : ", \(count(invariant.violations)) violations"
            var expected = ""
            if !invariant.passed || invariant.expected == "violated" || invariant.expected == "not_exercised" {
                expected = " (expected: \(invariant.expected.replacing("_", with: " ")))"
            }
            return "  \(mark) \(NumberText.padded(invariant.name, to: width))  \(verdict) "
                + style.quiet(checked + violated) + expected
        }
        let witnesses = summary.invariants.compactMap { invariant in
            invariant.firstViolation.map { "  \(invariant.name): \($0)" }
        }
        return ["invariants"] + lines + (witnesses.isEmpty ? [] : ["", "first violations"] + witnesses)
    }

    private static func goals(_ summary: RunSummary, style: TerminalStyle) -> [String] {
        guard !summary.sometimes.isEmpty else { return [] }
        let width = summary.sometimes.map(\.what.count).max() ?? 0
        let lines = summary.sometimes.map { goal in
            "  \(goal.reached ? "yes" : "no ")  \(NumberText.padded(goal.what, to: width))  " + style.quiet(goal.actual)
        }
        return ["", "sometimes: what some seed of a search must come to"] + lines
    }

    private static func failures(_ summary: RunSummary, style: TerminalStyle) -> [String] {
        let failed = summary.expectations.filter { !$0.passed }
        guard !failed.isEmpty else { return [] }
        return ["", "not as expected"]
            + failed.map { "  \(style.bad("FAIL")) \($0.what): expected \($0.expected), but it is \($0.actual)" }
    }

    private static func milliseconds(_ value: Double) -> String { "\(NumberText.decimal(value, decimals: 1)) ms" }
    private static func count(_ value: Int) -> String { NumberText.grouped(UInt64(max(0, value))) }
}
