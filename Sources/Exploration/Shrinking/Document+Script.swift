internal import Language

extension Document {
    /// The same with the steps of the script in the order of time, and with messages named anew, M1, M2 and so on, unless some have names that
    /// say more.
    var withTidyScript: Document {
        guard let steps = self["script"]?.items else { return self }
        let times = steps.map { $0["at"]?.text.flatMap(Quantity.durationNanoseconds) ?? 0 }
        // What happens at the same time stays in its order.
        var sorted = steps.indices.sorted { (times[$0], $0) < (times[$1], $1) }.map { steps[$0] }
        if !steps.contains(where: { $0.entries.contains { $0.value["as"] != nil } }) {
            var count = 0
            for index in sorted.indices {
                for entry in sorted[index].entries where entry.value["send"] != nil {
                    count += 1
                    sorted[index][[.key(entry.key), .key("send")]] = .value("M\(count)")
                }
            }
        }
        var document = self
        document["script"] = .list(sorted)
        return document
    }
}
