/// Logarithm and exponential from additions, multiplications, divisions and square roots only, which IEEE 754 defines to the
/// last bit. The mathematics library of the system picks other code, with other last bits, on other processors.
///
/// Swift never contracts a multiplication and an addition into one, so that the results are the same everywhere.
public enum DeterministicMath {
    /// The natural logarithm; the error is below one unit in the last place.
    ///
    /// The argument is reduced to 2^k (1 + f) with 1 + f near one; then log(1 + f) comes from s = f / (2 + f) by the
    /// minimax polynomial of fdlibm (Sun Microsystems 1993).
    ///
    /// - Precondition: `value` is positive, finite and normal.
    @inlinable
    public static func logarithm(_ value: Double) -> Double {
        precondition(
            value >= .leastNormalMagnitude && value < .infinity, "only a positive normal number has a logarithm here")
        // Bits rather than branches: whether the significand is above the square root of two is as random as the argument.
        let fraction = value.bitPattern & 0x000f_ffff_ffff_ffff
        let isUpper = (fraction + 0x0009_5f64_0000_0000) & 0x0010_0000_0000_0000
        let significand = Double(bitPattern: fraction | (isUpper ^ 0x3ff0_0000_0000_0000))
        let exponent = Double(Int64(value.bitPattern >> 52) - 1023 + Int64(isUpper >> 52))
        let f = significand - 1
        let s = f / (2 + f)
        let z = s * s
        let w = z * z
        let even = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373))
        let odd =
            z
            * (0.6666666666666735
                + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)))
        let remainder = even + odd
        let half = 0.5 * f * f
        return exponent * logarithmOf2High
            - ((half - (s * (half + remainder) + exponent * logarithmOf2Low)) - f)
    }

    /// e to the power of `value`; the error is below one unit in the last place. Zero where it would be below 2^-1022,
    /// infinite where it would be above the greatest finite number.
    ///
    /// The argument is reduced to k log 2 + r; then e^r comes from the rational form of fdlibm (Sun Microsystems 1993).
    public static func exponential(_ value: Double) -> Double {
        if value > 709.782712893384 { return .infinity }
        if value < -708.3964185322641 { return 0 }
        let k = (value * 1.4426950408889634).rounded()
        let high = value - k * logarithmOf2High
        let low = k * logarithmOf2Low
        let r = high - low
        let t = r * r
        let c =
            r - t
            * (0.16666666666666602
                + t
                * (-0.0027777777777015593
                    + t * (6.613756321437934e-05 + t * (-1.6533902205465252e-06 + t * 4.1381367970572385e-08))))
        let result = 1 - ((low - (r * c) / (2 - c)) - high)
        // Two factors, since 2^1024 is not a number while the result may be one.
        let exponent = Int(k)
        let half = exponent / 2
        return result * powerOfTwo(half) * powerOfTwo(exponent - half)
    }

    /// The value below which a standard normal variable falls with a probability: algorithm AS 241 (Wichura 1988), relative
    /// error about 10^-16.
    ///
    /// - Precondition: `probability` is strictly between zero and one.
    public static func normalQuantile(_ probability: Double) -> Double {
        precondition(probability > 0 && probability < 1, "a quantile needs a probability between zero and one")
        let q = probability - 0.5
        if abs(q) <= 0.425 {
            let r = 0.180625 - q * q
            return q * ratio(r, centralNumerator, centralDenominator)
        }
        let tail = q < 0 ? probability : 1 - probability
        var r = (-logarithm(tail)).squareRoot()
        let value: Double
        if r <= 5 {
            r -= 1.6
            value = ratio(r, middleNumerator, middleDenominator)
        } else {
            r -= 5
            value = ratio(r, farNumerator, farDenominator)
        }
        return q < 0 ? -value : value
    }

    @usableFromInline static var logarithmOf2High: Double { 0x1.62e42feep-1 }
    @usableFromInline static var logarithmOf2Low: Double { 0x1.a39ef35793c76p-33 }

    private static func powerOfTwo(_ exponent: Int) -> Double {
        Double(sign: .plus, exponent: exponent, significand: 1)
    }

    private static func ratio(_ r: Double, _ numerator: [Double], _ denominator: [Double]) -> Double {
        polynomial(r, numerator) / polynomial(r, denominator)
    }

    private static func polynomial(_ r: Double, _ coefficients: [Double]) -> Double {
        var sum = 0.0
        for coefficient in coefficients.reversed() {
            sum = sum * r + coefficient
        }
        return sum
    }

    private static let centralNumerator = [
        3.3871328727963666080, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125,
        45921.953931549871457, 67265.770927008700853, 33430.575583588128105, 2509.0809287301226727,
    ]
    private static let centralDenominator = [
        1, 42.313330701600911252, 687.18700749205790830, 5394.1960214247511077, 21213.794301586595867,
        39307.895800092710610, 28729.085735721942674, 5226.4952788528545610,
    ]
    private static let middleNumerator = [
        1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550, 3.64784832476320460504,
        1.27045825245236838258, 0.241780725177450611770, 0.0227238449892691845833, 0.000774545014278341407640,
    ]
    private static let middleDenominator = [
        1, 2.05319162663775882187, 1.67638483018380384940, 0.689767334985100004550, 0.148103976427480074590,
        0.0151986665636164571966, 0.000547593808499534494600, 1.05075007164441684324e-9,
    ]
    private static let farNumerator = [
        6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580, 0.296560571828504891230,
        0.0265321895265761230930, 0.00124266094738807843860, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
    ]
    private static let farDenominator = [
        1, 0.599832206555887937690, 0.136929880922735805310, 0.0148753612908506148525, 0.000786869131145613259100,
        1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15,
    ]
}
