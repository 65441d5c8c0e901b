internal import Language

extension NameResolver {
    /// What a user reads on a device of a name.
    func resolve(_ reading: RawReading, with counterpart: Int?, onDevice device: String) -> ReadingModel {
        ReadingModel(
            counterpart: counterpart,
            pageSize: reading.pageSize ?? raw.system.pages.rows(onDevice: device),
            hasOwnSize: reading.pageSize != nil, pagesMax: reading.pagesMax,
            sinceNanoseconds: reading.sinceNanoseconds, pauseNanoseconds: reading.pauseNanoseconds)
    }

    /// Reports what is said about pages that nobody fetches.
    func checkPages(_ script: [ScriptStep]) {
        let pages = raw.system.pages
        let reads = script.filter { if case .read = $0.action { true } else { false } }
        if let position = pages.anchorPosition, reads.isEmpty {
            diagnostics.report("`pages` would have no effect: no step fetches any", at: position)
        }
        var used: Set<String> = []
        for case (let step, .read(let reading)) in reads.map({ ($0, $0.action) }) where !reading.hasOwnSize {
            let device = raw.users[step.user].value.devices[step.device].value
            if let size = pages.size(onDevice: device) { used.insert(size.device) }
        }
        for size in pages.sizes where !used.contains(size.device) {
            diagnostics.report(
                "the page size of `\(size.device)` would have no effect: no step fetches pages of that size",
                at: size.position)
        }
    }
}
