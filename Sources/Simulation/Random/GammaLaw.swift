/// Draws from the gamma law with scale 1 by the method of Marsaglia and Tsang (2000): the cube of a shifted normal variable, refused
/// in a few of a hundred cases.
enum GammaLaw {
    /// A draw, which is positive.
    ///
    /// - Precondition: `shape` is at least 1.
    static func sample(shape: Double, drawing stream: inout RandomStream) -> Double {
        precondition(shape >= 1, "the method needs a shape of at least 1")
        let d = shape - 1.0 / 3
        let c = 1 / (9 * d).squareRoot()
        while true {
            let normal = DeterministicMath.normalQuantile(stream.unit())
            let root = 1 + c * normal
            guard root > 0 else { continue }
            let cube = root * root * root
            let bound = 0.5 * normal * normal + d * (1 - cube + DeterministicMath.logarithm(cube))
            if DeterministicMath.logarithm(stream.unit()) < bound { return d * cube }
        }
    }
}
