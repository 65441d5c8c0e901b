import Testing

@testable import Language

@Suite("Quantities")
struct QuantityTests {
    @Test(
        "times are exact",
        arguments: [
            ("30ms", 30_000_000), ("1.002s", 1_002_000_000), ("2min", 120_000_000_000), ("0.000000001s", 1),
            ("1_000us", 1_000_000), ("0ms", 0), ("30d", 2_592_000_000_000_000), ("1.5h", 5_400_000_000_000),
        ] as [(String, UInt64)])
    func times(text: String, nanoseconds: UInt64) {
        #expect(Quantity.parse(text, units: Quantity.timeUnits) == .success(nanoseconds))
    }

    @Test(
        "what is not a time says why",
        arguments: [
            ("30", .missingUnit), ("ms", .notANumber), ("", .notANumber), ("30 ms", .unknownUnit(" ms")),
            ("30msec", .unknownUnit("msec")), ("1.5ns", .notWhole), ("-1s", .notANumber), ("1.s", .notANumber),
            (".5s", .notANumber), ("1..5s", .notANumber), ("1__0s", .notANumber), ("0x1Fs", .unknownUnit("x1Fs")),
            ("12:30:45", .unknownUnit(":30:45")), ("1e3s", .unknownUnit("e3s")), ("nan", .notANumber),
            ("9999999999999999999s", .notANumber), ("999999999999999999d", .tooLarge), ("١s", .notANumber),
        ] as [(String, Quantity.Failure)])
    func notTimes(text: String, failure: Quantity.Failure) {
        #expect(Quantity.parse(text, units: Quantity.timeUnits) == .failure(failure))
    }

    @Test("sizes know decimal and binary units")
    func sizes() {
        #expect(Quantity.parse("4KiB", units: Quantity.sizeUnits) == .success(4096))
        #expect(Quantity.parse("4kB", units: Quantity.sizeUnits) == .success(4000))
        #expect(Quantity.parse("0.5KiB", units: Quantity.sizeUnits) == .success(512))
    }

    @Test("whole numbers may be grouped, and are nothing else")
    func integers() {
        #expect(Quantity.integer("50_000") == 50_000)
        for text in ["1.0", "1e3", "0x10", "+1", "-1", "", "_1", "1_", "on"] { #expect(Quantity.integer(text) == nil) }
    }
}
