internal import Foundation

/// Times between zero and infinity by scale and shape.
enum WeibullLaw {
    /// The mean of a law over its scale: the gamma function of 1 + 1 / shape.
    static func meanOverScale(shape: Double) -> Double { tgamma(1 + 1 / shape) }

    /// A shape as scenario files have it: thousandths from 0.1 to 20.
    static func text(_ shape: Double) -> String {
        let thousandths = Int((min(20, max(0.1, shape)) * 1000).rounded())
        return "\(thousandths / 1000).\(String(1000 + thousandths % 1000).dropFirst())"
    }
}
