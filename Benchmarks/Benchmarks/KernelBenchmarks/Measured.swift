import Benchmark

/// How many events, customers or draws one measurement takes; times and rates are shown for one of them.
let measuredCount = 1_000_000

/// What is set up once and measured again and again.
private final class Kept<Value> {
    var value: Value

    init(_ value: Value) {
        self.value = value
    }
}

/// Adds a benchmark of something that does ``measuredCount`` of what is measured.
///
/// - Parameters:
///   - name: Its name, without spaces.
///   - setUp: Makes what is measured, once and unmeasured.
///   - run: What is measured.
func measure<Value>(
    _ name: String, setUp: @escaping () throws -> Value, run: @escaping (inout Value) throws -> Void
) {
    Benchmark(
        name, closure: { (_: Benchmark, kept: Kept<Value>) throws in try run(&kept.value) },
        setup: { Kept(try setUp()) })
}
