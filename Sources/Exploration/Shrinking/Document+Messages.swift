internal import Scenario

extension Document {
    /// Names the messages of the script anew, M1, M2 and so on, unless some have names that say more.
    mutating func numberMessages() {
        guard let steps = self["script"]?.items,
            !steps.contains(where: { $0.entries.contains { $0.value["as"] != nil } })
        else { return }
        var count = 0
        let numbered = steps.map { step in
            var step = step
            for entry in step.entries where entry.value["send"] != nil {
                count += 1
                step[[.key(entry.key), .key("send")]] = .value("M\(count)")
            }
            return step
        }
        self["script"] = .list(numbered)
    }
}
