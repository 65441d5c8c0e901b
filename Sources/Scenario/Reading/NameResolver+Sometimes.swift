internal import Language

extension NameResolver {
    /// Reports what is listed under `expect.sometimes` and says nothing new, or can never come true.
    func checkSometimes() {
        let verdicts = raw.expectations.verdicts
        var seen: Set<String> = []
        for listed in raw.expectations.sometimes {
            let text = listed.situation.text
            guard seen.insert(text).inserted else {
                diagnostics.report("`\(printable(text))` is listed twice", at: listed.position)
                continue
            }
            guard case .verdict(let invariant, let verdict) = listed.situation else { continue }
            let stated = verdicts.first { $0.name.value == invariant }?.verdict
            if stated == verdict {
                diagnostics.report(
                    "it would have no effect: `\(invariant): \(verdict.rawValue)` says already that a search must come to it",
                    at: listed.position)
            } else if verdict == .violated, stated != .any,
                stated != nil || !raw.system.givenUpByDesign.contains(invariant)
            {
                diagnostics.report(
                    "no seed may violate `\(invariant)`; write `\(invariant): any` if some may", at: listed.position)
            }
        }
    }
}
