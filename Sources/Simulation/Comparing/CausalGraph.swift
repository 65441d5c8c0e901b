/// What came before what among the events of a run: each event follows the one whose handling caused it, and the one that happened to
/// its own process before it.
///
/// Events are known by their place in a list in the total order. A cause is found without anything having been written on events: an
/// event carries its source's count, and of each event it is known how many its target had caused before it.
public struct CausalGraph: Sendable {
    /// What is known of an event.
    public struct Link: Sendable {
        /// The process that it happened to.
        public let target: UInt32
        /// The process that caused it.
        public let source: UInt32
        /// The source's count of events, which tells this one from others.
        public let ordinal: UInt64
        /// How many events its target had caused before.
        public let causedBefore: UInt64

        /// What is known of an event that was handled.
        public init(_ event: Event, causedBefore: UInt64) {
            self.init(
                target: event.target, source: event.source, ordinal: event.ordinal, causedBefore: causedBefore)
        }

        init(target: UInt32, source: UInt32, ordinal: UInt64, causedBefore: UInt64) {
            self.target = target
            self.source = source
            self.ordinal = ordinal
            self.causedBefore = causedBefore
        }
    }

    /// The place of the event that caused each; -1 if none did.
    private let causes: [Int32]
    /// The place of the event before each that happened to the same process; -1 if there is none.
    private let predecessors: [Int32]

    /// The graph of events in their total order. The list may begin anywhere in a run: what came before it is unknown.
    ///
    /// - Precondition: There are fewer than 2^31 events.
    /// - Complexity: O(n log n).
    public init(_ links: [Link]) {
        precondition(links.count < Int(Int32.max), "a graph has fewer than 2^31 events")
        var placesOf: [UInt32: [Int32]] = [:]
        var predecessors: [Int32] = []
        predecessors.reserveCapacity(links.count)
        for (place, link) in links.enumerated() {
            predecessors.append(placesOf[link.target]?.last ?? -1)
            placesOf[link.target, default: []].append(Int32(place))
        }
        self.predecessors = predecessors
        causes = links.map { link in
            guard let places = placesOf[link.source] else { return -1 }
            // The last event of the source before which it had caused no more than this one: what it caused is numbered from there.
            var (low, high) = (0, places.count)
            while low < high {
                let middle = (low + high) / 2
                if links[Int(places[middle])].causedBefore <= link.ordinal { low = middle + 1 } else { high = middle }
            }
            return low > 0 ? places[low - 1] : -1
        }
    }

    /// How many events there are.
    public var count: Int { causes.count }

    /// The event whose handling caused an event; nothing if it came from the set-up of the model or from before the list.
    public func cause(of place: Int) -> Int? { causes[place] < 0 ? nil : Int(causes[place]) }

    /// The event before it that happened to the same process; nothing if there is none in the list.
    public func predecessor(of place: Int) -> Int? { predecessors[place] < 0 ? nil : Int(predecessors[place]) }

    /// An event, what caused it, what caused that, and so on.
    public func causes(of place: Int) -> [Int] {
        var chain = [place]
        while let cause = cause(of: chain[chain.count - 1]) { chain.append(cause) }
        return chain
    }

    /// Everything that may have had a part in some events, and the events themselves, in the total order: what happened before them in
    /// the sense of Lamport ("Time, clocks, and the ordering of events in a distributed system", 1978).
    ///
    /// - Complexity: O(n).
    public func past(of places: some Sequence<Int>) -> [Int] {
        var isKnown = Array(repeating: false, count: count)
        var waiting: [Int] = []
        func reach(_ place: Int?) {
            guard let place, !isKnown[place] else { return }
            isKnown[place] = true
            waiting.append(place)
        }
        for place in places { reach(place) }
        while let place = waiting.popLast() {
            reach(cause(of: place))
            reach(predecessor(of: place))
        }
        return isKnown.indices.filter { isKnown[$0] }
    }
}
