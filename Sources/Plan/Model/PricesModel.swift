internal import Language

/// What is paid for beside servers, whose prices stand with them.
public struct PricesModel: Hashable, Sendable {
    /// The name of the currency: letters only.
    public let currency: String
    /// What a gigabyte (10^9 bytes) to clients costs.
    public let perEgressGigabyte: Sourced<Double>
    /// What a gigabyte in the object store costs in a month.
    public let perObjectGigabyteMonth: Sourced<Double>
    /// What a million requests to the object store cost.
    public let perObjectMillionRequests: Sourced<Double>
}

extension PricesModel {
    /// The section `prices`.
    static func read(_ reader: PlanReader) -> PricesModel {
        let kind = ValueKind<String>.scalar(
            "a currency such as `USD`",
            schema: .object([("type", .string("string")), ("pattern", .string("^[A-Z]{3}$"))]), fallback: "USD"
        ) { text in
            text.count == 3 && text.allSatisfy { ("A"..."Z").contains($0) }
                ? .success(text) : .failure(ReadingFailure(message: "expected a currency such as `USD`"))
        }
        let price: NumberKind = .decimal(0...1_000_000)
        let currency = reader.section.optional("currency", kind, default: "USD", "The currency of all prices.")
        reader.record.currency = currency
        return PricesModel(
            currency: currency,
            perEgressGigabyte: reader.number(
                "egress_per_gb", price, unit: "\(currency)/GB", default: "0.01",
                .estimate("transit in bulk; clouds list several times as much"),
                "What a gigabyte (10^9 bytes) to clients costs."),
            perObjectGigabyteMonth: reader.number(
                "object_store_per_gb_month", price, unit: "\(currency)/GB/month", default: "0.02",
                .estimate("the usual list price of object stores"),
                "What a gigabyte (10^9 bytes) in the object store costs in a month."),
            perObjectMillionRequests: reader.number(
                "object_store_per_million_requests", price, unit: "\(currency)/million requests", default: "2",
                .estimate("between the usual list prices of writes and reads"),
                "What a million requests to the object store cost."))
    }
}
