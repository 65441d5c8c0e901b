internal import Language

/// What is paid for beside servers, whose prices stand with them.
public struct PricesModel: Hashable, Sendable {
    /// The name of the currency: letters only.
    public let currency: String
    /// What a byte to a client costs.
    public let perEgressByte: Sourced<Double>
    /// What a byte in the object store costs in a month.
    public let perObjectByteMonth: Sourced<Double>
    /// What a request to the object store costs.
    public let perObjectRequest: Sourced<Double>
}

extension PricesModel {
    /// The section `prices`.
    static func read(_ reader: PlanReader) -> PricesModel {
        let currency = ValueKind<String>.scalar(
            "a currency such as `USD`",
            schema: .object([("type", .string("string")), ("pattern", .string("^[A-Z]{3}$"))]), fallback: "USD"
        ) { text in
            text.count == 3 && text.allSatisfy { ("A"..."Z").contains($0) }
                ? .success(text) : .failure(ReadingFailure(message: "expected a currency such as `USD`"))
        }
        let price: NumberKind = .decimal(0...1_000_000)
        return PricesModel(
            currency: reader.section.optional("currency", currency, default: "USD", "The currency of all prices."),
            perEgressByte: reader.number(
                "egress_per_gb", price.divided(by: 1e9), unit: "currency/B", default: "0.01",
                .estimate("transit in bulk; clouds list several times as much"),
                "What a gigabyte (10^9 bytes) to clients costs."),
            perObjectByteMonth: reader.number(
                "object_store_per_gb_month", price.divided(by: 1e9), unit: "currency/B/month", default: "0.02",
                .estimate("the usual list price of object stores"),
                "What a gigabyte (10^9 bytes) in the object store costs in a month."),
            perObjectRequest: reader.number(
                "object_store_per_million_requests", price.divided(by: 1e6), unit: "currency/request", default: "2",
                .estimate("between the usual list prices of writes and reads"),
                "What a million requests to the object store cost."))
    }
}
