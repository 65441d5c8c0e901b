/// A run in the JSON format of Chrome's trace viewer, which Perfetto (https://ui.perfetto.dev) opens as well: a process for each process, a
/// slice for each event that was handled, arrows from what sent a message to what it led to.
///
/// The format is that of "Trace Event Format" (Google, 2016): complete events (`X`), flows (`s` and `f`), instants (`i`) and names (`M`),
/// with times in microseconds.
public struct PerfettoTrace: Sendable {
    /// Something that a process spent time on.
    public struct Slice: Sendable {
        /// Which kind of slice it is.
        public enum Kind: String, Sendable {
            /// The process handles an event.
            case handling
            /// Something is wrong with the process.
            case fault
        }

        let process: Int
        let startNanoseconds: UInt64
        let endNanoseconds: UInt64
        let name: String
        let kind: Kind
        let cause: Int?
        let details: [(name: String, value: String)]

        /// A slice.
        ///
        /// - Parameters:
        ///   - process: The process, by its place in the trace's list.
        ///   - startNanoseconds: When it began.
        ///   - endNanoseconds: When it was over.
        ///   - name: What it was.
        ///   - kind: Which kind it is.
        ///   - cause: The slice that caused it, by its place in the trace's list.
        ///   - details: What else is to be told, by name.
        public init(
            process: Int, startNanoseconds: UInt64, endNanoseconds: UInt64, name: String, kind: Kind, cause: Int? = nil,
            details: [(name: String, value: String)] = []
        ) {
            self.process = process
            self.startNanoseconds = startNanoseconds
            // What takes no time gets a nanosecond, since viewers tie arrows to slices that contain their ends.
            self.endNanoseconds = max(endNanoseconds, startNanoseconds + 1)
            self.name = name
            self.kind = kind
            self.cause = cause
            self.details = details
        }
    }

    /// With what every trace begins that Confab wrote.
    public static let signature = "{\"otherData\":{\"generator\":\"confab trace\""

    private let about: String
    private let processes: [String]
    private let slices: [Slice]

    /// A trace.
    ///
    /// - Parameters:
    ///   - about: Which run it is.
    ///   - processes: The names of the processes.
    ///   - slices: What they spent time on, in any order.
    public init(about: String, processes: [String], slices: [Slice]) {
        self.about = about
        self.processes = processes
        self.slices = slices
    }

    /// The trace as JSON, a line for each event. The same run gives the same bytes.
    ///
    /// - Complexity: O(n log n).
    public var json: String {
        var tracks = Tracks(processCount: processes.count)
        let order = slices.indices.sorted { (slices[$0].startNanoseconds, $0) < (slices[$1].startNanoseconds, $1) }
        var trackOf = Array(repeating: 0, count: slices.count)
        for index in order { trackOf[index] = tracks.place(slices[index]) }
        var effects: [[Int]] = Array(repeating: [], count: slices.count)
        for (index, slice) in slices.enumerated() {
            if let cause = slice.cause { effects[cause].append(index) }
        }
        var text =
            Self.signature + ",\"about\":\(JSONText.quoted(about))},\"displayTimeUnit\":\"ns\",\"traceEvents\":["
        var isFirst = true
        func append(_ event: String) {
            text += isFirst ? "\n{" : ",\n{"
            text += event
            text += "}"
            isFirst = false
        }
        for (process, name) in processes.enumerated() {
            let place = "\"ph\":\"M\",\"pid\":\(process + 1)"
            append("\(place),\"name\":\"process_name\",\"args\":{\"name\":\(JSONText.quoted(name))}")
            append("\(place),\"name\":\"process_sort_index\",\"args\":{\"sort_index\":\(process)}")
            for (track, name) in tracks.names(ofProcess: process) {
                append("\(place),\"tid\":\(track),\"name\":\"thread_name\",\"args\":{\"name\":\"\(name)\"}")
            }
        }
        for index in order {
            let slice = slices[index]
            let time = Self.microseconds(slice.startNanoseconds)
            let place = "\"pid\":\(slice.process + 1),\"tid\":\(trackOf[index]),\"ts\":\(time)"
            let length = Self.microseconds(slice.endNanoseconds - slice.startNanoseconds)
            let details = slice.details.map { "\(JSONText.quoted($0.name)):\(JSONText.quoted($0.value))" }
            append(
                "\"ph\":\"X\",\(place),\"dur\":\(length),\"name\":\(JSONText.quoted(slice.name)),"
                    + "\"cat\":\"\(slice.kind.rawValue)\",\"args\":{\(details.joined(separator: ","))}")
            let arrow = "\(place),\"name\":\"causes\",\"cat\":\"cause\",\"id\":"
            if slice.cause != nil { append("\"ph\":\"f\",\"bp\":\"e\",\(arrow)\(index + 1)") }
            for effect in effects[index] { append("\"ph\":\"s\",\(arrow)\(effect + 1)") }
        }
        return text + "\n]}\n"
    }

    /// Microseconds with three decimals.
    static func microseconds(_ nanoseconds: UInt64) -> String {
        let rest = String(nanoseconds % 1000)
        return "\(nanoseconds / 1000).\(String(repeating: "0", count: 3 - rest.count))\(rest)"
    }

    /// Puts the slices of each process on as many tracks as it takes for none to overlap another: one for each core that was busy at once.
    private struct Tracks {
        /// Until when each track is taken, for each process: of slices that handle something, and of faults.
        private var handling: [[UInt64]]
        private var faults: [[UInt64]]

        /// Tracks of faults are numbered from here on.
        private static let firstFault = 1001

        init(processCount: Int) {
            handling = Array(repeating: [], count: processCount)
            faults = handling
        }

        /// Puts a slice on a track; they come by the time of their start.
        mutating func place(_ slice: Slice) -> Int {
            switch slice.kind {
            case .handling: Self.place(slice, on: &handling[slice.process]) + 1
            case .fault: Self.place(slice, on: &faults[slice.process]) + Self.firstFault
            }
        }

        func names(ofProcess process: Int) -> [(track: Int, name: String)] {
            handling[process].indices.map { ($0 + 1, "handles \($0 + 1)") }
                + faults[process].indices.map { ($0 + Self.firstFault, "faults \($0 + 1)") }
        }

        private static func place(_ slice: Slice, on tracks: inout [UInt64]) -> Int {
            if let free = tracks.firstIndex(where: { $0 <= slice.startNanoseconds }) {
                tracks[free] = slice.endNanoseconds
                return free
            }
            tracks.append(slice.endNanoseconds)
            return tracks.count - 1
        }
    }
}
