internal import Language

extension NameResolver {
    /// Reports object stores to which nobody can send anything, since all content is small.
    func checkMedia(_ script: [ScriptStep]) {
        guard let media = raw.system.media, let position = raw.system.mediaPosition else { return }
        let listed = script.map { step in
            switch step.action {
            case .send(_, _, let bytes), .sendToGroup(_, _, let bytes): bytes
            case .changeGroup, .connect, .disconnect, .openChat, .read, .readRecent: UInt64(0)
            }
        }
        let others = raw.populations.map { population in
            max(population.value.messageBytes.greatest, population.value.media?.bytes.greatest ?? 0)
        }
        let greatest = (listed + others).max() ?? 0
        if greatest <= media.inlineBytesMax {
            diagnostics.report(
                "`media` would have no effect: nobody sends more than `inline_max`, \(media.inlineBytesMax) bytes",
                at: position)
        }
    }
}
