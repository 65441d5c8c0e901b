import Chat

extension Judge {
    func judgeCapacity(_ judgement: inout Judgement) {
        for observation in record.balancing.limits {
            let limit = observation.message.rawValue
            judgement.check(
                observation.sequence <= limit, atNanoseconds: observation.timeNanoseconds,
                "chat server \(observation.counterpart.rawValue + 1) holds \(observation.sequence) connections once "
                    + "\(names.name(of: observation.device)) is connected at \(time(observation.timeNanoseconds)); "
                    + "it may hold \(limit)")
        }
    }

    func judgeOwnership(_ judgement: inout Judgement) {
        for write in record.balancing.writes {
            judgement.check(
                write.isOfOwner, atNanoseconds: write.timeNanoseconds, of: [write.message],
                write.sentence(names))
        }
    }
}
