import Testing

@testable import Reporting

@Suite("Numbers as text")
struct NumberTextTests {
    @Test(
        "a whole number is shown in full, any other with up to four significant digits",
        arguments: [
            (0, "0"), (-0.0, "0"), (10_216, "10,216"), (-5, "-5"), (500_000_000, "500,000,000"), (3.65, "3.65"),
            (91.25, "91.25"),
            (231_481.48, "231,481"), (0.012_345, "0.01235"), (0.000_1, "0.0001"), (0.000_012_3, "1.23e-5"),
            (1e12, "1e12"), (9.999_96, "10"), (.infinity, "-"), (.nan, "-"),
        ] as [(Double, String)])
    func automatic(value: Double, text: String) {
        #expect(NumberText.automatic(value) == text)
    }

    @Test(
        "a number for machines has twelve significant digits, a whole one all of them",
        arguments: [
            (1.0 / 3, "0.333333333333"), (9_007_199_254_740_991, "9007199254740991"), (-2, "-2"), (0.1 + 0.2, "0.3"),
            (1e-30, "1e-30"), (2e16, "2e+16"), (.nan, nil), (-.infinity, nil),
        ] as [(Double, String?)])
    func exact(value: Double, text: String?) {
        #expect(NumberText.exact(value) == text)
    }

    @Test(
        "where there is little room, three digits and a prefix are shown",
        arguments: [
            (0, "0"), (231_481, "231 K"), (1_500_000, "1.5 M"), (299_000_000, "299 M"), (999, "999"), (999.6, "1 K"),
            (999_600, "1 M"), (0.25, "0.25"), (99.9, "99.9"), (3.65e15, "3.65 P"), (-2000, "-2 K"), (1.0 / 3, "0.333"),
        ] as [(Double, String)])
    func compact(value: Double, text: String) {
        #expect(NumberText.compact(value) == text)
    }

    @Test(
        "what somebody wrote is shown with all its digits",
        arguments: [
            (99.999_99, "99.99999"), (2.105, "2.105"), (500_000_000, "500,000,000"), (-1234.5, "-1,234.5"),
            (0.1 + 0.2, "0.3"),
            (1e-9, "1e-09"), (.nan, "-"),
        ] as [(Double, String)])
    func written(value: Double, text: String) {
        #expect(NumberText.written(value) == text)
    }

    @Test("a number is shown with its unit, in as many digits as are asked for")
    func units() {
        #expect(ReportNumber(10_216, "servers").text == "10,216 servers")
        #expect(ReportNumber(91.25, "%", digits: .decimals(1)).text == "91.3 %")
        #expect(ReportNumber(1.6, "ratio").text == "1.6")
        #expect(ReportNumber(2.105, "", digits: .significant(2)).text == "2.1")
    }
}
