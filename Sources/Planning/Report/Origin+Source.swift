internal import Plan
internal import Reporting

extension Origin {
    /// The footnote of a value of a plan.
    ///
    /// - Parameter file: The name of the plan file.
    func source(in file: String) -> ReportSource {
        switch self {
        case .file(let line): ReportSource(.given, "\(PlanFileName.short(file)), line \(line)")
        case .commandLine: ReportSource(.given, "--set on the command line")
        case .costProfile(let text): ReportSource(.given, text)
        case .byDefault(let reference):
            switch reference.kind {
            case .read: ReportSource(.read, reference.text)
            case .computed: ReportSource(.computed, reference.text)
            case .estimate: ReportSource(.estimate, reference.text)
            }
        }
    }
}

/// The name of a plan file as reports have it: without folders, so that a report does not depend on where it is made.
enum PlanFileName {
    static func short(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
}

extension Figure {
    /// The footnote of a figure: the model it is from, and the estimates on which it rests.
    var source: ReportSource {
        let model = references.isEmpty ? "arithmetic" : references.joined(separator: "; ")
        guard !estimates.isEmpty else { return ReportSource(.computed, model) }
        return ReportSource(.computed, "\(model); rests on estimates: \(estimates.joined(separator: ", "))")
    }

    /// The figure as a step of a derivation.
    var step: ReportDerivation.Step {
        ReportDerivation.Step(
            name, formula: formula, substitution: substitution == formula ? "" : substitution, result: number,
            source: source)
    }

    /// The figure with a name of its own.
    func figure(_ name: String? = nil, note: String = "", digits: ReportNumber.Digits = .automatic) -> ReportFigure {
        ReportFigure(
            name ?? self.name, ReportNumber(value, unit, digits: digits), note: note, source: source)
    }

    /// The figure as a field of a table.
    func cell(digits: ReportNumber.Digits = .automatic) -> ReportCell {
        .number(ReportNumber(value, unit, digits: digits), source: source)
    }
}

extension ReportNumber {
    /// A share in percent.
    static func percent(_ share: Double) -> ReportNumber { ReportNumber(share * 100, "%", digits: .significant(3)) }
}
