import Foundation
import Reporting
import Testing

@Suite("Perfetto trace")
struct PerfettoTraceTests {
    private func slice(
        _ process: Int, _ start: UInt64, _ end: UInt64, _ name: String, cause: Int? = nil
    ) -> PerfettoTrace.Slice {
        PerfettoTrace.Slice(
            process: process, startNanoseconds: start, endNanoseconds: end, name: name, kind: .handling, cause: cause)
    }

    private func events(_ slices: [PerfettoTrace.Slice]) throws -> [[String: Any]] {
        let json = PerfettoTrace(about: "a run", processes: ["alice.phone", "chat_server.1"], slices: slices).json
        #expect(json.hasPrefix(PerfettoTrace.signature))
        let object = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
        return try #require(object["traceEvents"] as? [[String: Any]])
    }

    @Test("a handler is a slice on the track of its process, in microseconds")
    func slices() throws {
        let events = try events([slice(1, 1_500, 65_500, "submit M1")])
        let names = events.filter { $0["name"] as? String == "process_name" }
        #expect(
            names.compactMap { ($0["args"] as? [String: Any])?["name"] as? String } == ["alice.phone", "chat_server.1"])
        let slice = try #require(events.first { $0["ph"] as? String == "X" })
        #expect(slice["pid"] as? Int == 2 && slice["ts"] as? Double == 1.5 && slice["dur"] as? Double == 64)
        #expect(slice["name"] as? String == "submit M1")
    }

    @Test("every arrow has both ends, each at the start of a slice of its track, and none points back in time")
    func flows() throws {
        let events = try events([
            slice(0, 1000, 1000, "sends M1"), slice(1, 5000, 6000, "submit M1", cause: 0),
            slice(0, 9000, 9000, "accepted M1", cause: 1),
        ])
        func ends(_ phase: String) -> [Int: [String: Any]] {
            Dictionary(
                uniqueKeysWithValues: events.filter { $0["ph"] as? String == phase }.compactMap { event in
                    (event["id"] as? Int).map { ($0, event) }
                })
        }
        let starts = ends("s")
        let finishes = ends("f")
        #expect(starts.count == 2 && Set(starts.keys) == Set(finishes.keys))
        for (id, start) in starts {
            let before = try #require(start["ts"] as? Double)
            let after = try #require(finishes[id]?["ts"] as? Double)
            #expect(before <= after && finishes[id]?["bp"] as? String == "e")
            for end in [start, finishes[id] ?? [:]] {
                #expect(
                    events.contains { slice in
                        slice["ph"] as? String == "X" && slice["pid"] as? Int == end["pid"] as? Int
                            && slice["tid"] as? Int == end["tid"] as? Int
                            && slice["ts"] as? Double == end["ts"] as? Double
                    })
            }
        }
    }

    @Test("handlers that run at once have tracks of their own, and a track is used again")
    func tracks() throws {
        let events = try events([
            slice(1, 0, 100, "a"), slice(1, 50, 150, "b"), slice(1, 100, 200, "c"),
        ])
        let tracks = events.filter { $0["ph"] as? String == "X" }.compactMap { $0["tid"] as? Int }
        #expect(tracks == [1, 2, 1])
    }

    @Test("text is text, whatever is in it")
    func text() throws {
        let name = "\"}],\\\n\u{1}<script> \u{2028}é"
        let events = try events([slice(0, 0, 1, name)])
        #expect(events.contains { $0["name"] as? String == name })
    }
}
