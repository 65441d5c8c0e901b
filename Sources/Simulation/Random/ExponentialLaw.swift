/// Draws from the exponential law with mean 1 by the ziggurat method (Marsaglia and Tsang 2000): the area under the density is cut
/// into 256 layers of equal area; nearly always one word picks a layer and a place in it that is surely below the density, so
/// that neither a logarithm nor an exponential is needed.
///
/// The tables come from ``DeterministicMath``, so that they and all draws are the same on every machine.
enum ExponentialLaw {
    /// Where the lowest layer's rectangle ends and the tail begins.
    private static let tailStart = 7.69711747013104972
    /// The area of each layer.
    private static let layerArea = 0.0039496598225815571993

    /// The right edge of each layer, from the lowest, and the density there; one more ends the highest. Written once, and
    /// never freed.
    nonisolated(unsafe) private static let layers: UnsafePointer<(edge: Double, density: Double)> = {
        let table = UnsafeMutablePointer<(edge: Double, density: Double)>.allocate(capacity: 257)
        func density(_ x: Double) -> Double { DeterministicMath.exponential(-x) }
        // The lowest layer holds the tail too: it is as wide as a rectangle of its area would be.
        table[0] = (layerArea / density(tailStart), 0)
        table[1] = (tailStart, density(tailStart))
        for layer in 2..<256 {
            let height = layerArea / table[layer - 1].edge + table[layer - 1].density
            table[layer] = (-DeterministicMath.logarithm(height), height)
        }
        table[256] = (0, 1)
        return UnsafePointer(table)
    }()

    /// A draw. It takes one word of the stream in 98.9 % of all cases.
    static func sample(drawing stream: inout RandomStream) -> Double {
        let layers = layers
        while true {
            let word = stream.next()
            let layer = Int(word & 0xff)
            let x = Double(word >> 11) * 0x1p-53 * layers[layer].edge
            if x < layers[layer + 1].edge { return x }
            if layer == 0 { return tailStart - DeterministicMath.logarithm(stream.unit()) }
            let low = layers[layer].density
            let height = low + stream.unit() * (layers[layer + 1].density - low)
            if height < DeterministicMath.exponential(-x) { return x }
        }
    }
}
