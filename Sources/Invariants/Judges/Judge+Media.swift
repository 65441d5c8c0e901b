import Chat

extension Judge {
    /// The part of `durable_after_ack` that is about media: what a message refers to is in an object store.
    func judgeMedia(
        of message: RunRecord.MessageRecordOfRun, acknowledgedNanoseconds acknowledged: UInt64,
        _ judgement: inout Judgement
    ) {
        guard record.media.isReferring(message.id) else { return }
        judgement.check(
            record.media.isHeld(message.id), atNanoseconds: acknowledged, of: [message.id],
            "\(names.name(of: message.id)) was acknowledged to \(names.name(of: message.id.device)) at "
                + "\(time(acknowledged)), but no object store has the media that it refers to")
    }
}
