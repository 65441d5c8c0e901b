import ArgumentParser
import Language
import Scenario

/// The options that say which part of a run to look at.
struct WindowOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Look at what happens from this time on: 1.5s.", valueName: "time"))
    var from: String?

    @Option(help: ArgumentHelp("Look at what happens before this time: 2s.", valueName: "time"))
    var to: String?

    func validate() throws {
        for (name, text) in [("from", from), ("to", to)] {
            if let text, Quantity.durationNanoseconds(text) == nil {
                throw ValidationError("`--\(name) \(text)` is not a time; write 1.5s, 300ms or 2min")
            }
        }
        if from != nil, to != nil, range?.isEmpty != false {
            throw ValidationError("--from must be before --to")
        }
    }

    /// The part, in nanoseconds; nothing if it is all of the run, or nothing of any.
    var range: Range<UInt64>? {
        guard from != nil || to != nil else { return nil }
        let start = from.flatMap(Quantity.durationNanoseconds) ?? 0
        let end = to.flatMap(Quantity.durationNanoseconds) ?? .max
        return start < end ? start..<end : nil
    }
}
