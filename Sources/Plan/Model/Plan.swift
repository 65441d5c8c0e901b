internal import Language

/// A plan: what is asked of a system, what it has to keep to, what it can be built of, and how. Everything in it is valid, and every value says
/// where it is from.
public struct Plan: Hashable, Sendable {
    /// The name.
    public let name: String
    /// What it is about.
    public let description: String
    /// What is asked of the system.
    public let demand: DemandModel
    /// What it has to keep to.
    public let objectives: ObjectivesModel
    /// The servers that can be bought or rented.
    public let hardware: HardwareModel
    /// What is paid for beside servers.
    public let prices: PricesModel
    /// How the system is built.
    public let policies: PoliciesModel
    /// What the work costs.
    public let costs: CostsModel
    /// How the plan is run as a world.
    public let simulation: SimulationModel
    /// All keys with their values, in the order of the language.
    public let keys: [PlanKey]
    /// The file that it was read from, as the user gave its name.
    public let file: String
    /// What it was read from.
    let source: PlanSource
}

/// What a plan was read from, so that it can be read again with other values.
struct PlanSource: Hashable, Sendable {
    let text: String
    let file: String
    let overrides: [Override]
    let substitutes: [String: Double]
}

/// A plan as it is written: what it says beside its keys is not known yet.
struct RawPlan {
    let name, description: String
    let demand: DemandModel
    let prices: PricesModel
    let objectives: ObjectivesModel
    let hardware: HardwareModel
    let policies: PoliciesModel
    let costs: CostsModel
    let simulation: SimulationModel
}

extension ValueKind where Value == RawPlan {
    /// A whole file.
    static func plan(_ record: PlanRecord) -> ValueKind {
        .section { section in
            let reader = PlanReader(section: section, path: [], record: record)
            _ = section.required("confab_plan", .integer(1...1), "The version of the language of plans: 1.")
            return RawPlan(
                name: section.required("name", .text(1...200), "What the plan is called."),
                description: section.optional("description", .text(1...10_000), "What it is about.") ?? "",
                demand: reader.requiredSection("demand", "What is asked of the system.", DemandModel.read),
                prices: reader.section("prices", "What is paid for beside servers.", PricesModel.read),
                objectives: reader.section("objectives", "What the system has to keep to.", ObjectivesModel.read),
                hardware: reader.section(
                    "hardware", "The servers that can be bought or rented, and how often they fail.",
                    HardwareModel.read),
                policies: reader.section("policies", "How the system is built.", PoliciesModel.read),
                costs: reader.section("costs", "What the work costs in CPU, memory, bytes and time.", CostsModel.read),
                simulation: reader.section(
                    "simulation", "How the plan is run as a world, beside its formulas.", SimulationModel.read))
        }
    }
}
