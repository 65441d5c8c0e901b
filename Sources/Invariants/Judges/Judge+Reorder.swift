import Chat

extension Judge {
    /// `no_reorder_after_display`: what a device shows sorts below all that it has shown, so that nothing must be put above what its
    /// user has read. Messages sort by the number in the user's own order where there is one, else by the time at which the
    /// sender's chat server received them; those that never got a time are left out.
    func judgeReorder(_ judgement: inout Judgement) {
        var timestamps: [MessageID: UInt64] = [:]
        for device in record.devices {
            timestamps.removeAll(keepingCapacity: true)
            if !isSequenced {
                for assignment in record.assignments(ofMailboxOf: device.device.user) {
                    timestamps[assignment.message] = assignment.timestampNanoseconds
                }
            }
            var last: (shown: RunRecord.Shown, key: UInt64)?
            for (position, shown) in device.view.enumerated() where device.positions[shown.message] == position {
                guard let key = isSequenced ? UInt64(shown.sequence) : timestamps[shown.message] else { continue }
                if let last {
                    judgement.check(
                        last.key <= key, atNanoseconds: shown.timeNanoseconds,
                        of: [last.shown.message, shown.message],
                        "\(names.name(of: device.device)) shows \(names.name(of: shown.message)) at "
                            + "\(time(shown.timeNanoseconds)), which sorts above \(names.name(of: last.shown.message)), shown at "
                            + "\(time(last.shown.timeNanoseconds)): \(text(ofKey: key)) comes before \(text(ofKey: last.key))"
                    )
                    if key < last.key { continue }
                }
                last = (shown, key)
            }
        }
    }

    private func text(ofKey key: UInt64) -> String { isSequenced ? "number \(key)" : "timestamp \(time(key))" }
}
