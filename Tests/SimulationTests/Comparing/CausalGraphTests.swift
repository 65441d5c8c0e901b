import Testing

@testable import Simulation

@Suite("Causal graph")
struct CausalGraphTests {
    /// Three processes. The set-up starts process 0 twice (its events 0 and 1); the first start sends to 1 and 2 (its events 2 and 3), which
    /// both send to 0 again; the second start does nothing.
    private static let links = [
        // place 0: the first start of process 0
        CausalGraph.Link(target: 0, source: 0, ordinal: 0, causedBefore: 2),
        // place 1: what it sent to process 1
        CausalGraph.Link(target: 1, source: 0, ordinal: 2, causedBefore: 0),
        // place 2: the second start of process 0
        CausalGraph.Link(target: 0, source: 0, ordinal: 1, causedBefore: 4),
        // place 3: what the first start sent to process 2
        CausalGraph.Link(target: 2, source: 0, ordinal: 3, causedBefore: 0),
        // place 4: what process 1 answered
        CausalGraph.Link(target: 0, source: 1, ordinal: 0, causedBefore: 4),
        // place 5: what process 2 answered
        CausalGraph.Link(target: 0, source: 2, ordinal: 0, causedBefore: 4),
    ]

    @Test("the cause of an event is the last of its source before which that had caused no more")
    func causes() {
        let graph = CausalGraph(Self.links)
        #expect((0..<6).map { graph.cause(of: $0) } == [nil, 0, nil, 0, 1, 3])
        #expect(graph.causes(of: 5) == [5, 3, 0])
    }

    @Test("of events that caused nothing, none is a cause")
    func idle() {
        // Both events of process 1 have caused nothing; the third sends to process 0.
        let idle = CausalGraph.Link(target: 1, source: 1, ordinal: 0, causedBefore: 3)
        let graph = CausalGraph([idle, idle, idle, CausalGraph.Link(target: 0, source: 1, ordinal: 3, causedBefore: 0)])
        #expect(graph.cause(of: 3) == 2)
        #expect(graph.cause(of: 0) == nil)
    }

    @Test("the past of an event is what caused it and what happened before it where it happened")
    func past() {
        let graph = CausalGraph(Self.links)
        // What process 2 was sent, and its answer, have no part in what process 1 answered.
        #expect(graph.past(of: [4]) == [0, 1, 2, 4])
        #expect(graph.past(of: [3]) == [0, 3])
        #expect(graph.past(of: [3, 1]) == [0, 1, 3])
        #expect(graph.past(of: []).isEmpty)
    }

    @Test("what came before the list is unknown, and nothing else takes its place")
    func truncated() {
        let graph = CausalGraph(Array(Self.links[2...]))
        #expect((0..<4).map { graph.cause(of: $0) } == [nil, nil, nil, 1])
        let later = CausalGraph(Array(Self.links[3...]))
        #expect((0..<3).map { later.cause(of: $0) } == [nil, nil, 0])
    }
}
