/// Whether a value is no farther from another than a distance, such as half of the last digit that a table prints.
func near(_ value: Double, _ expected: Double, within distance: Double) -> Bool { abs(value - expected) <= distance }

/// Whether two values differ by no more than a share of the second.
func near(_ value: Double, _ expected: Double, relative share: Double) -> Bool {
    abs(value - expected) <= share * abs(expected)
}
