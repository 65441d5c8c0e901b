import Testing

@testable import Reporting

@Suite("Units of handy size")
struct UnitTextTests {
    @Test(
        "bytes and seconds are told in a unit in which they have few digits",
        arguments: [
            (3.65e15, "B", "3.65 PB"), (100, "B", "100 B"), (1000, "B", "1 KB"), (1.8e9, "B/s", "1.8 GB/s"),
            (30_000, "B/connection", "30 KB/connection"), (0, "B", "0 B"), (0.06, "s", "60 ms"), (6.4e-5, "s", "64 us"),
            (1e-9, "s", "1 ns"), (2e-23, "s", "< 0.001 ns"), (1, "s", "1 s"), (90, "s", "90 s"),
            (639, "s", "10.65 min"), (86_400, "s", "24 h"),
            (2_592_000, "s", "30 d"), (157_680_000, "s", "5 years"), (0, "s", "0 s"),
            (12_345, "messages/s", "12,345 messages/s"),
            (-2e6, "B", "-2 MB"), (2e22, "B", "20,000 EB"),
        ] as [(Double, String, String)])
    func handy(value: Double, unit: String, text: String) {
        #expect(ReportNumber(value, unit).text == text)
    }
}
